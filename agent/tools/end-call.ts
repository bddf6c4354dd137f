import { llm } from '@livekit/agents';
import type { ToolDesk } from './tool-desk.ts';

/** The tool that hangs up, after the goodbye was heard. */
export function endCall(tools: ToolDesk, hangUp: (reason: string) => void) {
  return llm.tool({
    name: 'end_call',
    description:
      'Ends the call after your goodbye was heard. Say goodbye first; call it when the caller needs nothing else.',
    execute: (_args, { ctx }) =>
      tools.run('end_call', {}, async () => {
        ctx.disallowInterruptions();
        await ctx.waitForPlayout();
        const saidGoodbye = ctx.speechHandle.chatItems.some((item) => item.type === 'message');
        if (!saidGoodbye) {
          return {
            status: 'not_ended',
            next: 'Say goodbye to the caller, then call end_call again.',
          };
        }
        hangUp('The agent said goodbye.');
        // No answer, so that the model does not speak again.
        return undefined;
      }),
  });
}
