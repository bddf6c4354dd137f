import { CalendarUnreachableError } from '../calendar-error.ts';
import type { TimeRange } from '../calendar.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import { isLiveRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { listCalcomBookings } from './list-bookings.ts';
import type { ReadLimits } from './list-bookings.ts';

/** Milliseconds; no booking is longer. */
const LONGEST = 24 * 3_600_000;

/**
 * The account's bookings that have a moment of the range, requests among them. What stands in the
 * calendars that the account itself reads is not told.
 * @throws {CalendarError} they cannot be read, or not all of them
 */
export async function listBusyTimes(
  client: CalcomClient,
  { from, to }: TimeRange,
  reading: ReadLimits = {},
): Promise<BusyTime[]> {
  const filter = {
    afterStart: new Date(from.getTime() - LONGEST).toISOString(),
    beforeEnd: new Date(to.getTime() + LONGEST).toISOString(),
  };
  const { records, unreadable } = await listCalcomBookings(client, [filter], reading);
  if (unreadable > 0) {
    throw new CalendarUnreachableError(`${unreadable} bookings of Cal.com cannot be read.`);
  }
  return records
    .filter(isLiveRecord)
    .map(({ start, end }) => ({ start, end, allDay: false, shows: 'busy' }));
}
