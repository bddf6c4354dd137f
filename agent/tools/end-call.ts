import { z } from 'zod';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { SpokenTurn } from './livekit-tool.ts';

/** The tool that hangs up, after the goodbye was heard. */
export function endCall(hangUp: (reason: string) => void): Tool<SpokenTurn> {
  return defineTool({
    name: 'end_call',
    description:
      'Ends the call after your goodbye was heard. Say goodbye first; call it when the caller needs nothing else.',
    schema: z.object({}),
    changes: true,
    run: async (_, turn: SpokenTurn) => {
      if (!(await turn.heard())) {
        return {
          status: 'not_ended',
          next: 'Say goodbye to the caller, then call end_call again.',
        };
      }
      if (turn.isCallerSpeaking()) {
        return {
          status: 'not_ended',
          next: 'The caller has more to say: answer it. Call end_call again after the next goodbye.',
        };
      }
      hangUp('The agent said goodbye.');
      // No answer, so that the model does not speak again.
      return undefined;
    },
  });
}
