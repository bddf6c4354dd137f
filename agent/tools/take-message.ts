import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { MessagePad } from '../../booking/desk/take-message.ts';
import type { CallLine } from '../../db/schema.ts';
import type { Secrets } from '../line/secrets.ts';
import type { ToolDesk } from './tool-desk.ts';

/** The tool that writes a message down for the business. */
export function takeMessage(
  messages: MessagePad,
  tools: ToolDesk,
  line: CallLine,
  secrets: Secrets,
) {
  const callerToo = line === 'phone' ? ', or "caller" for the number they are calling from' : '';
  const parameters = z.object({
    name: z.string().nullable().describe("The caller's name. Null when they do not give it."),
    callback_number: z
      .string()
      .nullable()
      .describe(
        `Where to call back, with country code${callerToo}. Null when they do not give one.`,
      ),
    message: z.string().describe("What the business shall know, in the caller's words."),
  });
  return llm.tool({
    name: 'take_message',
    description:
      'Writes a message down for the business. Ask for the message, the name and a number to call back; call it after the caller agreed.',
    parameters,
    execute: (args, { ctx }) => {
      // A barge-in would drop the answer (agents-js#2249).
      ctx.disallowInterruptions();
      return tools.run('take_message', args, () =>
        messages.take({
          name: args.name,
          callbackNumber: args.callback_number,
          text: secrets.hide(args.message),
        }),
      );
    },
  });
}
