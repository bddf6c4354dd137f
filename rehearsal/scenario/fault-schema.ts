import { z } from 'zod';

import { map } from './scenario-values.ts';

const places = [
  'calendar.listSlots',
  'calendar.findBookings',
  'calendar.book',
  'calendar.reschedule',
  'calendar.cancel',
] as const;
const kinds = ['delay', 'unreachable', 'rate-limited', 'commit-then-timeout', 'taken'] as const;

/** Where a kind of fault makes sense; everywhere unless it is named here. */
const onlyAt: Partial<Record<(typeof kinds)[number], readonly (typeof places)[number][]>> = {
  'commit-then-timeout': ['calendar.book', 'calendar.reschedule', 'calendar.cancel'],
  taken: ['calendar.book', 'calendar.reschedule'],
};

/** How the calendar fails in a call, `times` over. */
export const fault = map({
  at: z.enum(places, { error: `write one of ${places.join(', ')}` }),
  kind: z.enum(kinds, { error: `write one of ${kinds.join(', ')}` }),
  times: z.int({ error: 'write a whole number' }).positive({ error: 'write 1 or more' }),
  milliseconds: z
    .int({ error: 'write a whole number of milliseconds' })
    .positive()
    .max(60_000)
    .optional(),
}).superRefine(({ at, kind }, context) => {
  const allowed = onlyAt[kind];
  if (allowed !== undefined && !allowed.includes(at)) {
    context.addIssue({
      code: 'custom',
      path: ['kind'],
      message: `${kind} belongs to ${allowed.join(', ')} only`,
    });
  }
});
