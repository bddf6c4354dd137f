import type { BookingNews, Calendar, TimeRange } from '../../calendar/calendar.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import { listStanding } from '../../db/appointments/standing-appointments.ts';
import type { Database } from '../../db/database.ts';

type News = BookingNews & { reference: string };

/**
 * Looks up, one by one, what stands in the mirror and is missing from a list of all there is: it was
 * deleted while nobody could tell, or written since. One that the calendar does not have under its name
 * either is told of as cancelled.
 * @throws {CalendarError} one cannot be looked up: nothing is to be told of any
 */
export async function lookUpUntold(
  db: Database,
  key: MirrorKey,
  told: { calendar: Calendar; news: readonly News[]; range: TimeRange },
): Promise<News[]> {
  const known = new Set(told.news.map(({ reference }) => reference));
  const untold = (await listStanding(db, key, told.range)).filter(
    ({ reference }) => !known.has(reference),
  );
  const news: News[] = [];
  for (const { reference, providerUid, eventType } of untold) {
    const found = await told.calendar.findBookings({ reference });
    const booking = found.find((each) => each.reference === reference);
    if (booking) {
      const { attendee, ...said } = booking;
      news.push({ ...said, attendees: [attendee], eventType, changedAt: null });
    } else {
      const uid = providerUid ?? reference;
      news.push({ reference, uid, changedAt: null, status: 'cancelled' });
    }
  }
  return news;
}
