import { z } from 'zod';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { ExpectedKeys } from '../line/keys.ts';

const schema = z.object({
  purpose: z
    .enum(['phone_number', 'confirmation', 'secret'])
    .describe('What is keyed in; "secret" for a code that nobody else may see.'),
  digits: z.number().nullable().describe('How many digits, where that is known; else null.'),
});

/** The tool that says what the caller is about to key in. */
export function expectKeys(expect: (expected: ExpectedKeys) => void): Tool {
  return defineTool({
    name: 'expect_keys',
    description:
      'Call it before you ask the caller to press keys. What they press comes as a message such as [keys: 5550100].',
    schema,
    run: (args) => {
      const digits = args.digits !== null && args.digits >= 1 ? Math.floor(args.digits) : null;
      expect({ purpose: args.purpose, digits });
      const end = digits === null ? ', and the hash key at the end' : '';
      return Promise.resolve({
        status: 'ready',
        next: `Ask the caller to key it in now${end}.`,
      });
    },
  });
}
