import { z } from 'zod';
import { callbackNumbers } from './callback-number.ts';
import { defineTool } from './tool.ts';
import type { ServedCall, Tool } from './tool.ts';

const schema = z.object({
  name: z.string().nullable().describe("The caller's name. Null when they do not give it."),
  callback_number: z
    .string()
    .nullable()
    .describe('Where to call back, with country code. Null for the number they are calling from.'),
  message: z.string().describe("Why they need a person, in the caller's words."),
});

/** Where nobody can be put through: the tool that has a person call back soon. */
export function escalateByMessage({ language, messages, record }: ServedCall): Tool {
  const readNumber = callbackNumbers(language);
  return defineTool({
    name: 'escalate_to_human',
    description:
      'Leaves an urgent message, so that a person calls back: on this line nobody can be put through. Ask for the name and a number to call back first, and say that somebody will call.',
    schema,
    changes: true,
    run: async (args) => {
      const heard = readNumber(args.callback_number);
      if ('question' in heard) return { status: 'question', message: heard.question };
      return messages.take({
        name: args.name,
        callbackNumber: heard.written,
        text: record.secrets.hide(args.message),
        isUrgent: true,
        mustReach: true,
      });
    },
  });
}
