import {
  findReference,
  listIntentsOfAppointment,
  listMailsOfAppointment,
} from '../db/appointments/appointment-history.ts';
import { findOfficeAppointment } from '../db/appointments/office-appointments.ts';
import type { OfficeAppointment } from '../db/appointments/office-appointments.ts';
import { listDeliveriesOfBooking } from '../db/calendars/webhook-deliveries.ts';
import type { Database } from '../db/database.ts';
import { ManageError } from './manage-error.ts';

/** @throws {ManageError} there is no such appointment, and no booking that may become it */
export async function findAppointment(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<OfficeAppointment> {
  const appointment = await findOfficeAppointment(db, key);
  if (appointment) return appointment;
  throw new ManageError('There is no such appointment.', {
    field: 'appointmentId',
    fault: 'missing',
  });
}

/**
 * The appointment as it can be changed.
 * @throws {ManageError} nobody knows yet whether it is booked
 */
export async function findBooked(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<OfficeAppointment> {
  const appointment = await findAppointment(db, key);
  if (appointment.status !== null) return appointment;
  throw new ManageError(
    'Nobody knows yet whether it is booked: wait until that is found out, or settle it by hand.',
    { fault: 'refused' },
  );
}

/** What was asked for an appointment, what its calendar told of it, and what its attendee was written. */
export async function readHistory(db: Database, { organizationId, id }: OfficeAppointment) {
  const key = { organizationId, id };
  const [intents, mails, booking] = await Promise.all([
    listIntentsOfAppointment(db, key),
    listMailsOfAppointment(db, key),
    findReference(db, key),
  ]);
  const news = booking
    ? await listDeliveriesOfBooking(db, { organizationId, ...booking }, booking.reference)
    : [];
  return { intents, mails, news };
}
