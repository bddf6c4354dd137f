import { z } from 'zod';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { Transfer } from '../line/transfer.ts';
import type { SpokenTurn } from './livekit-tool.ts';

const schema = z.object({
  reason: z.string().describe('Why the caller needs a person, in a few words.'),
});

/** The tool that puts a caller through to a person, after the caller was told. */
export function escalateByTransfer(
  transfer: Transfer,
  hangUp: (reason: string) => void,
): Tool<SpokenTurn> {
  return defineTool({
    name: 'escalate_to_human',
    description:
      'Puts the caller through to a person. First tell the caller that you are putting them through; call it in the same turn.',
    schema,
    changes: true,
    run: async (_, turn: SpokenTurn) => {
      if (!(await turn.heard()) && transfer.tellToAnnounce()) {
        return {
          status: 'not_announced',
          next: 'Tell the caller that you are putting them through, then call escalate_to_human again.',
        };
      }
      if (await transfer.run()) {
        hangUp('The caller was put through.');
        // No answer, so that the model does not speak again.
        return undefined;
      }
      return {
        status: 'not_transferred',
        message: 'I could not put you through.',
        next: 'Say so, and take an urgent message with take_message.',
      };
    },
  });
}
