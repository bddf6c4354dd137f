import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { Transfer } from '../line/transfer.ts';
import type { ToolDesk } from './tool-desk.ts';

const MOST_TRIES_A_CALL = 2;

const parameters = z.object({
  reason: z.string().describe('Why the caller needs a person, in a few words.'),
});

/** The tool that puts a caller through to a person, after the caller was told. */
export function transferCall(
  transfer: Transfer,
  tools: ToolDesk,
  hangUp: (reason: string) => void,
) {
  let tries = 0;
  let wasAsked = false;
  return llm.tool({
    name: 'transfer_call',
    description:
      'Puts the caller through to a person. First tell the caller that you are putting them through; call it in the same turn.',
    parameters,
    execute: (args, { ctx }) => {
      ctx.disallowInterruptions();
      return tools.run('transfer_call', args, async () => {
        await ctx.waitForPlayout();
        const isAnnounced = ctx.speechHandle.chatItems.some((item) => item.type === 'message');
        if (!isAnnounced && !wasAsked) {
          wasAsked = true;
          return {
            status: 'not_announced',
            next: 'Tell the caller that you are putting them through, then call transfer_call again.',
          };
        }
        tries += 1;
        if (tries <= MOST_TRIES_A_CALL && (await transfer.run())) {
          hangUp('The caller was put through.');
          // No answer, so that the model does not speak again.
          return undefined;
        }
        return {
          status: 'not_transferred',
          message: 'I could not put you through.',
          next: 'Say so, and offer to take a message with take_message.',
        };
      });
    },
  });
}
