import { Interval } from 'luxon';
import { overlaps } from '../calendar.ts';
import type { Slot, TimeRange } from '../calendar.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import type { StoredBookings } from '../stored-bookings.ts';

/** Intervals of local time as instants. */
export function busySlots(intervals: readonly string[], timeZone: string): Slot[] {
  return intervals.flatMap((text) => {
    const { start, end } = Interval.fromISO(text, { zone: timeZone });
    return start && end ? [{ start: start.toJSDate(), end: end.toJSDate() }] : [];
  });
}

/** What is booked, and what the settings call busy: hours in which nobody works are no appointments. */
export async function listBusyTimes(
  calendar: { busy: readonly string[]; timeZone: string; bookings: StoredBookings },
  { from, to }: TimeRange,
): Promise<BusyTime[]> {
  const { busy, timeZone, bookings } = calendar;
  const booked = await bookings.listConfirmed({ from, to });
  const set = busySlots(busy, timeZone).filter((time) => overlaps(time, { start: from, end: to }));
  return [...set, ...booked].map(({ start, end }) => ({
    start,
    end,
    allDay: false,
    shows: 'busy',
  }));
}
