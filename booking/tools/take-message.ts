import { z } from 'zod';
import { callbackNumbers } from './callback-number.ts';
import { defineTool } from './tool.ts';
import type { ServedCall, Tool } from './tool.ts';

/** The tool that writes a message down for the business. */
export function takeMessage({ language, line, messages, record }: ServedCall): Tool {
  const readNumber = callbackNumbers(language);
  const callerToo = line === 'phone' ? ', or "caller" for the number they are calling from' : '';
  const schema = z.object({
    name: z.string().nullable().describe("The caller's name. Null when they do not give it."),
    callback_number: z
      .string()
      .nullable()
      .describe(
        `Where to call back, with country code${callerToo}. Null when they do not give one.`,
      ),
    message: z.string().describe("What the business shall know, in the caller's words."),
    urgent: z
      .boolean()
      .nullish()
      .describe('True when the caller says that it cannot wait; else null.'),
  });
  return defineTool({
    name: 'take_message',
    description:
      'Writes a message down for the business. Ask for the message, the name and a number to call back; call it after the caller agreed.',
    schema,
    changes: true,
    run: async (args) => {
      const heard = readNumber(args.callback_number);
      if ('question' in heard) return { status: 'question', message: heard.question };
      return messages.take({
        name: args.name,
        callbackNumber: heard.written,
        text: record.secrets.hide(args.message),
        isUrgent: args.urgent === true,
      });
    },
  });
}
