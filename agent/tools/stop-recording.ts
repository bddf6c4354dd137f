import { z } from 'zod';
import { defineTool } from '../../booking/tools/tool.ts';
import type { Tool } from '../../booking/tools/tool.ts';

/** The tool that ends the recording of a call, and deletes it. */
export function stopRecording(recording: { refuse: () => Promise<void> }): Tool {
  return defineTool({
    name: 'stop_recording',
    description:
      'Stops the recording of this call and deletes it. Call it as soon as the caller says that they do not want to be recorded.',
    schema: z.object({}),
    changes: true,
    run: async () => {
      await recording.refuse();
      return {
        status: 'stopped',
        message: 'This call is no longer recorded, and what was recorded of it is being deleted.',
      };
    },
  });
}
