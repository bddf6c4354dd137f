import { z } from 'zod';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';

/** Its name, by which it is known that a caller said no. */
export const STOP_RECORDING = 'stop_recording';

/** The tool that ends the recording of a call, and deletes it. */
export function stopRecording(recording: { refuse: () => Promise<boolean> }): Tool {
  return defineTool({
    name: STOP_RECORDING,
    description:
      'Stops the recording of this call and deletes it. Call it as soon as the caller says that they do not want to be recorded.',
    schema: z.object({}),
    changes: true,
    run: async () => {
      if (await recording.refuse()) {
        return {
          status: 'stopped',
          message: 'This call is no longer recorded, and what was recorded of it is being deleted.',
        };
      }
      return {
        status: 'stopped',
        next: 'Tell the caller that nothing is recorded from now on. What was recorded before could not be deleted yet: say that this is being tried again, and never that it is deleted.',
      };
    },
  });
}
