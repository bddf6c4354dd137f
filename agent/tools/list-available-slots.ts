import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/booking-desk.ts';
import type { ToolDesk } from './tool-desk.ts';

const parameters = z.object({
  when: z
    .string()
    .nullable()
    .describe(
      'The wish in the caller\'s own words, e.g. "next Tuesday after lunch", "the 24th", "half past two on Friday". Null for the soonest times.',
    ),
  range_days: z
    .number()
    .nullable()
    .describe('Days to look ahead when there is no wish; null for two weeks.'),
});

/** The tool that finds free times. */
export function listAvailableSlots(desk: BookingDesk, tools: ToolDesk) {
  return llm.tool({
    name: 'list_available_slots',
    description:
      'Finds free times. Call it for every wish about days or times, and again when the wish changes. Offer only the times it answers.',
    parameters,
    execute: (args) =>
      tools.run('list_available_slots', args, () =>
        desk.findTimes({ when: args.when, rangeDays: args.range_days }),
      ),
  });
}
