import { BookingNotFoundError, CalendarError } from '../../calendar/calendar-error.ts';
import { findLedgerAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import type { ChangeContext, LedgerOutcome } from './ledger-context.ts';

/**
 * The appointment that a change is about.
 * @throws {BookingNotFoundError} when the context's calendar has no such appointment
 */
export async function findOwn(
  { db, organizationId, calendarConnectionId }: ChangeContext,
  appointmentId: string,
): Promise<LedgerAppointment> {
  const found = await findLedgerAppointment(db, { organizationId, id: appointmentId });
  if (found?.calendarConnectionId === calendarConnectionId) return found;
  throw new BookingNotFoundError('The calendar has no such appointment.');
}

/** What an intent that changes an appointment takes over from it. */
export function wishFor({ id, attendee, eventType, bookingEventId }: LedgerAppointment) {
  return {
    appointmentId: id,
    attendee,
    eventType,
    ...(bookingEventId === null ? {} : { bookingEventId }),
  };
}

/** Before an intent exists, nothing can have been done. */
export async function refusing(work: () => Promise<LedgerOutcome>): Promise<LedgerOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'refused', error };
    throw error;
  }
}
