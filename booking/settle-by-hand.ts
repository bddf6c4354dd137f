import { findIntent, releaseIntents, settleIntent } from '../db/booking-intents.ts';
import type { Intent, IntentKey } from '../db/booking-intents.ts';
import { findLedgerAppointment } from '../db/appointments.ts';
import type { Database } from '../db/database.ts';
import type { IntentKind, OutboxKind } from '../db/schema.ts';
import { queueMessage } from './outbox.ts';

/** The intent is unknown, or is settled already; the message is for the operator. */
export class CannotSettleError extends Error {
  override readonly name = 'CannotSettleError';
}

const MESSAGES: Record<IntentKind, Record<'confirmed' | 'refused', OutboxKind>> = {
  book: { confirmed: 'settled_booked', refused: 'settled_not_booked' },
  reschedule: { confirmed: 'settled_rescheduled', refused: 'settled_not_rescheduled' },
  cancel: { confirmed: 'settled_cancelled', refused: 'settled_not_cancelled' },
};

/**
 * Writes how an intent ended that nobody but an operator could find out, and the message to the
 * attendee. What the calendar has of it is mirrored by the next synchronisation.
 *
 * @param reason for the record: how the operator knows
 * @throws {CannotSettleError} when the intent is not waiting for an operator or the reconciler
 */
export async function settleIntentByHand(
  db: Database,
  key: IntentKey,
  state: 'confirmed' | 'refused',
  reason: string,
): Promise<void> {
  const intent = await findIntent(db, key);
  if (!intent) throw new CannotSettleError('There is no such intent.');
  await db.transaction().execute(async (transaction) => {
    const from = ['attention', 'unknown'] as const;
    const end = { state, reason: `By hand: ${reason}`, from };
    if (!(await settleIntent(transaction, key, end))) {
      throw new CannotSettleError(
        `The intent is "${intent.state}": only one that is "attention" or "unknown" can be settled by hand.`,
      );
    }
    if (state === 'confirmed') await releaseOldTime(transaction, intent);
    const kind = MESSAGES[intent.kind][state];
    await queueMessage(transaction, {
      organizationId: intent.organizationId,
      kind,
      appointmentId: intent.appointmentId,
      intentId: intent.id,
      messageKey: `${intent.id}/${kind}`,
    });
  });
}

/** A move or cancellation that was made leaves the time that the appointment had before. */
async function releaseOldTime(transaction: Database, intent: Intent): Promise<void> {
  const { organizationId, appointmentId } = intent;
  if (appointmentId === null) return;
  const appointment = await findLedgerAppointment(transaction, {
    organizationId,
    id: appointmentId,
  });
  if (!appointment) return;
  const { calendarConnectionId, reference } = appointment;
  await releaseIntents(
    transaction,
    { organizationId, calendarConnectionId, reference, except: intent.id },
    'Moved or cancelled, as an operator says.',
  );
}
