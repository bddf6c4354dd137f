import type { CalendarDescription } from '../../calendar/calendar.ts';
import { findLedgerAppointment } from '../../db/appointments/appointments.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { bookOperation } from './book-operation.ts';
import { cancelOperation } from './cancel-operation.ts';
import type { OperationContext } from './ledger-context.ts';
import { moveOperation } from './move-operation.ts';
import type { Operation } from './operation.ts';
import { replaceOperation } from './replace-operation.ts';

/** What an intent asks for, from its row alone: the call that wrote it may be gone. */
export async function openOperation(
  context: OperationContext,
  intent: Intent,
  description: CalendarDescription,
): Promise<Operation> {
  if (intent.kind === 'book') return bookOperation(context, intent, description);
  const { organizationId, appointmentId } = intent;
  const appointment =
    appointmentId === null
      ? undefined
      : await findLedgerAppointment(context.db, { organizationId, id: appointmentId });
  if (!appointment) throw new Error(`The intent ${intent.id} names no appointment.`);
  if (intent.kind === 'cancel') return cancelOperation(context, intent, appointment, description);
  return description.supports.reschedule
    ? moveOperation(context, intent, appointment, description)
    : replaceOperation(context, intent, appointment, description);
}
