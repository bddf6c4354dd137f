import { DateTime } from 'luxon';
import { z } from 'zod';

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
};

/** Minutes of a day, from 0 to 1440. */
const RangeSchema = z
  .tuple([whole(0, 1_439), whole(1, 1_440)])
  .refine(([from, to]) => from < to, 'must begin before it ends');

const RangesSchema = z
  .array(RangeSchema)
  .max(24)
  .refine(
    (ranges) => ranges.every(([from], index) => from >= (ranges[index - 1]?.[1] ?? 0)),
    'must be in order, none within another',
  );

const DateSchema = z
  .string()
  .refine((date) => /^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date).isValid, {
    error: 'must be a date, such as 2026-12-24',
  });

const fields = {
  /** By ISO's number of the weekday, 1 for Monday; a day that is missing is closed. */
  weekly: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), RangesSchema),
  /** In the place of the weekday's; none at all closes the date. */
  overrides: z.record(DateSchema, RangesSchema),
  /** What can be asked for beside the event's own. */
  durations: z.array(whole(5, 480)).max(10),
  /** From one beginning to the next; null: as long as what is booked. */
  step: whole(5, 480).nullable(),
  /** Kept free before what is booked. */
  bufferBefore: whole(0, 480),
  /** Kept free after it. */
  bufferAfter: whole(0, 480),
  /** From now to the first beginning. */
  minimumNotice: whole(0, 129_600),
  /** Local dates after today on which something can still begin. */
  daysAhead: whole(0, 365),
  /** Bookings of the event that may begin on one local date; null: as many as there is room for. */
  dailyMaximum: whole(1, 200).nullable(),
  /** Which all-day events take their days. */
  allDay: z.enum(['as-marked', 'always', 'never'], {
    error: 'must be as-marked, always or never',
  }),
  /** Whether what is not sure to take place takes its time. */
  tentative: z.enum(['busy', 'free'], { error: 'must be busy or free' }),
};

/**
 * When an event can be booked in a calendar that knows appointments and no opening hours. Times are
 * those of the calendar's zone, lengths are minutes.
 */
export const AvailabilitySchema = z.strictObject(fields);

/** What is to be different; what is missing stays. */
export const AvailabilityChangeSchema = AvailabilitySchema.partial();

export type Availability = z.infer<typeof AvailabilitySchema>;
export type WorkingRange = z.infer<typeof RangeSchema>;

const OFFICE_HOURS: WorkingRange[] = [[540, 1_020]];

/** Monday to Friday from nine to five, for an event of which nothing was said. */
export const USUAL_AVAILABILITY: Availability = {
  weekly: {
    '1': OFFICE_HOURS,
    '2': OFFICE_HOURS,
    '3': OFFICE_HOURS,
    '4': OFFICE_HOURS,
    '5': OFFICE_HOURS,
  },
  overrides: {},
  durations: [],
  step: null,
  bufferBefore: 0,
  bufferAfter: 0,
  minimumNotice: 0,
  daysAhead: 60,
  dailyMaximum: null,
  allDay: 'as-marked',
  tentative: 'busy',
};
