import { isLive } from '../../calendar/calendar.ts';
import type { Attendee, Booking, Calendar } from '../../calendar/calendar.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';

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
  attendee: Pick<Attendee, 'email' | 'phone'>,
  reference: string,
): Promise<Booking | undefined> {
  const found = await calendar.findBookings({ reference, ...contactOf(attendee) });
  return found.find((booking) => booking.reference === reference);
}

/** Providers search by e-mail address best; some know no other search. */
export function contactOf({ email, phone }: Pick<Attendee, 'email' | 'phone'>): {
  email?: string;
  phone?: string;
} {
  if (email !== null) return { email };
  return phone === null ? {} : { phone };
}

/** An appointment as its provider would answer it. */
export function asBooking(appointment: LedgerAppointment): Booking {
  return {
    reference: appointment.reference,
    uid: appointment.providerUid ?? appointment.reference,
    start: appointment.startAt,
    end: appointment.endAt,
    status: appointment.status,
    attendee: appointment.attendee,
    key: null,
    location: appointment.location,
  };
}
