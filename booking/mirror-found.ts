import type { Booking } from '../calendar/calendar.ts';
import type { Database } from '../db/database.ts';
import { lockAppointmentsByUid, lockMirror } from '../db/mirrored-appointments.ts';
import type { MirrorKey } from '../db/mirrored-appointments.ts';
import { mirrorBooking } from './mirror.ts';

/** Milliseconds by which this machine's clock may differ from the database's, which dates the rows. */
const CLOCK_SKEW = 5_000;

/**
 * Makes the mirror say what the provider answered of one booking, unless it knows newer.
 *
 * @param readAt before the provider was asked
 * @returns the id of its appointment
 */
export async function mirrorFound(
  db: Database,
  { eventType, ...key }: MirrorKey & { eventType: string },
  booking: Booking,
  readAt: Date,
): Promise<string> {
  const { attendee, ...said } = booking;
  const news = { ...said, attendees: [attendee], eventType, changedAt: null };
  const listedAt = new Date(readAt.getTime() - CLOCK_SKEW);
  return db.transaction().execute(async (transaction) => {
    await lockMirror(transaction, key);
    await mirrorBooking(transaction, key, [news], { listedAt });
    const names = [booking.reference, booking.uid];
    const [row] = await lockAppointmentsByUid(transaction, key, names);
    if (!row) throw new Error('A booking that the calendar answered cannot be written down.');
    return row.id;
  });
}
