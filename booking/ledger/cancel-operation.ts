import type { CalendarDescription } from '../../calendar/calendar.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { findByReference, isLive } from './find-booking.ts';
import type { OperationContext } from './ledger-context.ts';
import { mirrorChange } from './move-operation.ts';
import type { Operation } from './operation.ts';

/** Cancels an appointment's booking. */
export function cancelOperation(
  { calendar }: OperationContext,
  intent: Intent,
  appointment: LedgerAppointment,
  { supports }: CalendarDescription,
): Operation {
  const { reference } = appointment;
  const reason = intent.notes ?? 'The appointment was cancelled.';
  return {
    ownReference: reference,
    send: () => calendar.cancel(reference, reason),
    async lookUp() {
      const booking = await findByReference(calendar, intent.attendee, reference);
      return booking && !isLive(booking) ? { state: 'done', booking } : { state: 'not-done' };
    },
    mirror: (transaction, booking) =>
      mirrorChange(transaction, { intent, appointment, booking, reason }),
    whenEnded: 'refused',
    messages: {
      done: 'cancelled',
      settled: 'settled_cancelled',
      settledNot: 'settled_not_cancelled',
    },
    providerWrites: supports.confirmationMail,
  };
}
