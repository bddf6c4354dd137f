import type { Booking, CalendarDescription } from '../../calendar/calendar.ts';
import { updateAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt, releaseIntents } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { findByReference, isLive } from './find-booking.ts';
import type { OperationContext } from './ledger-context.ts';
import type { Operation } from './operation.ts';

/** Moves an appointment's booking to the intent's time, where the provider can. */
export function moveOperation(
  { calendar }: OperationContext,
  intent: Intent,
  appointment: LedgerAppointment,
  { supports }: CalendarDescription,
): Operation {
  const { reference } = appointment;
  const slot = { start: intent.startAt, end: intent.endAt };
  return {
    ownReference: reference,
    send: () => calendar.reschedule(reference, slot, intent.notes ?? MOVED),
    async lookUp() {
      const booking = await findByReference(calendar, intent.attendee, reference);
      if (!booking) return { state: 'not-done' };
      if (!isLive(booking)) return { state: 'ended', booking };
      const isThere = booking.start.getTime() === slot.start.getTime();
      return isThere ? { state: 'done', booking } : { state: 'not-done' };
    },
    async findEnded() {
      const booking = await findByReference(calendar, intent.attendee, reference);
      return booking && !isLive(booking) ? booking : undefined;
    },
    mirror: (transaction, booking) =>
      mirrorChange(transaction, { intent, appointment, booking, reason: MOVED }),
    whenEnded: 'refused',
    messages: {
      done: 'rescheduled',
      settled: 'settled_rescheduled',
      settledNot: 'settled_not_rescheduled',
    },
    providerWrites: supports.confirmationMail,
  };
}

const MOVED = 'The appointment was moved.';

/** Writes what an appointment's booking is now; the time it had before is free again. */
export async function mirrorChange(
  transaction: Database,
  change: { intent: Intent; appointment: LedgerAppointment; booking: Booking; reason: string },
): Promise<string> {
  const { intent, appointment, booking } = change;
  // Intents before appointments: in that order everybody locks them.
  await releaseIntents(
    transaction,
    {
      organizationId: appointment.organizationId,
      calendarConnectionId: appointment.calendarConnectionId,
      reference: appointment.reference,
      except: intent.id,
    },
    change.reason,
  );
  await updateAppointment(transaction, appointment, {
    reference: booking.reference,
    providerUid: booking.uid,
    status: booking.status,
    startAt: booking.start,
    endAt: booking.end,
    location: booking.location ?? appointment.location,
    cancellationReason: isLive(booking) ? null : change.reason,
    providerChangedAt: claimedAt(intent) ?? intent.updatedAt,
  });
  return appointment.id;
}
