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

type Wish = z.infer<z.ZodObject<typeof wish>> & { event?: string | null; with?: string | null };

/** Where there are several kinds of appointments, or several who take them, it takes which. */
function schemaFor({ eventNames, hostNames }: BookingCall['desk']) {
  const event = z
    .string()
    .nullable()
    .describe(
      `The kind of appointment: ${eventNames.join(', ')}. Null until the caller said which.`,
    );
  const host = z
    .string()
    .nullable()
    .describe(
      `With whom, in the caller's words: ${hostNames.join('; ')}. Null where the caller named nobody. The same again with every further wish while it holds.`,
    );
  const isOneKind = eventNames.length < 2;
  if (hostNames.length === 0) return isOneKind ? z.object(wish) : z.object({ ...wish, event });
  return isOneKind ? z.object({ ...wish, with: host }) : z.object({ ...wish, event, with: host });
}

/** The tool that finds free times. */
export function listAvailableSlots({ desk }: BookingCall): Tool {
  return defineTool({
    name: 'list_available_slots',
    description:
      'Finds free times. Call it for every wish about days or times, and again when the wish changes. Offer only the times it answers.',
    schema: schemaFor(desk),
    run: (args: Wish) =>
      desk.findTimes({
        when: args.when,
        rangeDays: args.range_days,
        event: args.event ?? null,
        host: args.with ?? null,
        durationMinutes: args.duration_minutes,
      }),
  });
}
