import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import { BookingRecordSchema } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import type { ReadLimits } from './reference-chain.ts';

const BookingsAnswer = z.object({
  data: z.array(BookingRecordSchema),
  pagination: z.object({ hasNextPage: z.boolean() }),
});

/** Cal.com refuses more. */
const PAGE = 250;
/** Pages beyond which a list is refused rather than cut short: absence must be proved. */
const MOST_PAGES = 20;

/** The filters of Cal.com that are used; there is none for a phone number or for metadata. */
export interface BookingsFilter {
  /** Compared by letters, so in lower case, as bookings of ours are. */
  attendeeEmail?: string;
  eventTypeIds?: string;
  /** ISO instants in UTC. */
  afterStart?: string;
  beforeEnd?: string;
  afterUpdatedAt?: string;
}

/**
 * Every booking of the key's owner that matches, of every status, in order of their start, to the
 * last page.
 * @throws {CalendarError}
 */
export async function listCalcomBookings(
  client: CalcomClient,
  filter: BookingsFilter,
  limits: ReadLimits = {},
): Promise<CalcomBookingRecord[]> {
  const records: CalcomBookingRecord[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data, pagination } = await client.call({
      method: 'GET',
      path: ['bookings'],
      query: { ...filter, sortStart: 'asc', take: PAGE, skip: page * PAGE },
      answer: BookingsAnswer,
      ...limits,
    });
    records.push(...data);
    if (!pagination.hasNextPage) return records;
  }
  throw new CalendarUnreachableError(
    `More than ${MOST_PAGES * PAGE} bookings match: too many to look through.`,
  );
}
