import type { Attendee, Booking, Calendar } from '../../calendar/calendar.ts';

/** Whether a booking takes its time: its owner may still have to accept it. */
export function isLive(booking: Pick<Booking, 'status'>): boolean {
  return booking.status === 'confirmed' || booking.status === 'pending';
}

/** The booking that was made with a key; a live one before others. */
export async function findByKey(
  calendar: Calendar,
  attendee: Attendee,
  key: string,
): Promise<Booking | undefined> {
  const found = await calendar.findBookings({ key, ...contactOf(attendee) });
  return found.find(isLive) ?? found[0];
}

/** The attendee's booking of a reference. */
export async function findByReference(
  calendar: Calendar,
  attendee: Attendee,
  reference: string,
): Promise<Booking | undefined> {
  const found = await calendar.findBookings({ reference, ...contactOf(attendee) });
  return found.find((booking) => booking.reference === reference);
}

/** Providers search by e-mail address best; some know no other search. */
export function contactOf({ email, phone }: Attendee): { email?: string; phone?: string } {
  if (email !== null) return { email };
  return phone === null ? {} : { phone };
}
