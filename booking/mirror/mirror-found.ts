import type { Booking } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import { lockAppointmentsByUid } from '../../db/appointments/appointments.ts';
import type { MirrorKey } from '../../db/appointments/appointments.ts';
import { mirrorListed } from './mirror-listed.ts';

/**
 * Makes the mirror say what the provider answered of one booking, unless it knows newer.
 *
 * @param readAt before the provider was asked, by the database's clock
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
  return db.transaction().execute(async (transaction) => {
    await mirrorListed(transaction, key, news, readAt);
    const names = [booking.reference, booking.uid];
    const [row] = await lockAppointmentsByUid(transaction, key, names);
    if (!row) throw new Error('A booking that the calendar answered cannot be written down.');
    return row.id;
  });
}
