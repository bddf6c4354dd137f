import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import { BookingRecordSchema } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';

const BookingsAnswer = z.object({
  data: z.array(z.unknown()),
  pagination: z.object({ hasNextPage: z.boolean() }),
});

/** Cal.com refuses more. */
const PAGE = 250;
/** Pages beyond which a list is refused rather than cut short: absence must be proved. */
const MOST_PAGES = 20;

/** The filters of Cal.com that are used; there is none for a phone number or for metadata. */
export interface BookingsFilter {
  /** Compared to the letter, capitals too. */
  attendeeEmail?: string;
  eventTypeIds?: string;
  /** ISO instants in UTC. */
  afterStart?: string;
  beforeEnd?: string;
  afterUpdatedAt?: string;
}

/** How a read may be made. */
export interface ReadLimits {
  partOfWrite?: boolean;
  /** Milliseconds. */
  timeout?: number;
}

export interface ListedBookings {
  /** Each once, in order of their start. */
  records: CalcomBookingRecord[];
  /** How many could not be read: while there are any, what is not in the list may be there all the same. */
  unreadable: number;
}

/**
 * Every booking of the key's owner that matches any of the filters, of every status, to the last page
 * of each. Each is read by itself: one that is odd does not hide the others.
 * @throws {CalendarError}
 */
export async function listCalcomBookings(
  client: CalcomClient,
  filters: readonly BookingsFilter[],
  limits: ReadLimits = {},
): Promise<ListedBookings> {
  const lists = await Promise.all(filters.map((filter) => readPages(client, filter, limits)));
  const parsed = lists.flat().map((each) => BookingRecordSchema.safeParse(each));
  const records = parsed.flatMap(({ data }) => (data ? [data] : []));
  const once = [...new Map(records.map((record) => [record.uid, record])).values()];
  return {
    records: once.sort((a, b) => a.start.getTime() - b.start.getTime()),
    unreadable: parsed.length - records.length,
  };
}

async function readPages(
  client: CalcomClient,
  filter: BookingsFilter,
  limits: ReadLimits,
): Promise<unknown[]> {
  const bookings: unknown[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data, pagination } = await client.call({
      method: 'GET',
      path: ['bookings'],
      query: { ...filter, sortStart: 'asc', take: PAGE, skip: page * PAGE },
      answer: BookingsAnswer,
      ...limits,
    });
    bookings.push(...data);
    if (!pagination.hasNextPage) return bookings;
  }
  throw new CalendarUnreachableError(
    `More than ${MOST_PAGES * PAGE} bookings match: too many to look through.`,
  );
}
