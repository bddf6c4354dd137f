import { z } from 'zod';
import { defineTool } from './tool.ts';
import type { BookingCall, Tool } from './tool.ts';

const wish = {
  when: z
    .string()
    .nullable()
    .describe(
      'The wish in the caller\'s own words, word for word, and in English whatever language is spoken: translate "el martes a las diez" to "Tuesday at ten". E.g. "next Tuesday after lunch", "the 24th", "half past two on Friday". Null for the soonest times.',
    ),
  range_days: z
    .number()
    .nullable()
    .describe('Days to look ahead when there is no wish; null for two weeks.'),
  duration_minutes: z
    .number()
    .nullable()
    .describe('Only when the caller asks for a longer or shorter appointment; else null.'),
};
const schema = z.object(wish);

type Wish = z.infer<typeof schema> & { event?: string | null };

function schemaWith(eventNames: readonly string[]) {
  return z.object({
    ...wish,
    event: z
      .string()
      .nullable()
      .describe(
        `The kind of appointment: ${eventNames.join(', ')}. Null until the caller said which.`,
      ),
  });
}

/** The tool that finds free times; where there are several kinds of appointments it takes the kind. */
export function listAvailableSlots({ desk }: BookingCall): Tool {
  const { eventNames } = desk;
  return defineTool({
    name: 'list_available_slots',
    description:
      'Finds free times. Call it for every wish about days or times, and again when the wish changes. Offer only the times it answers.',
    schema: eventNames.length > 1 ? schemaWith(eventNames) : schema,
    run: (args: Wish) =>
      desk.findTimes({
        when: args.when,
        rangeDays: args.range_days,
        event: args.event ?? null,
        durationMinutes: args.duration_minutes,
      }),
  });
}
