import { findIntent, releaseIntents, settleIntent } from '../db/booking-intents.ts';
import type { IntentKey } from '../db/booking-intents.ts';
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
 * @param reference of what was booked; of a move or a cancellation the appointment's unless given
 * @throws {CannotSettleError} when the intent is not waiting for an operator or the reconciler
 */
export async function settleIntentByHand(
  db: Database,
  key: IntentKey,
  state: 'confirmed' | 'refused',
  reason: string,
  reference: string | null = null,
): Promise<void> {
  const intent = await findIntent(db, key);
  if (!intent) throw new CannotSettleError('There is no such intent.');
  const { organizationId, appointmentId } = intent;
  const appointment =
    appointmentId === null
      ? undefined
      : await findLedgerAppointment(db, { organizationId, id: appointmentId });
  const known = reference ?? intent.reference ?? appointment?.reference;
  await db.transaction().execute(async (transaction) => {
    const from = ['attention', 'unknown'] as const;
    const named = state === 'confirmed' && known !== undefined ? { reference: known } : {};
    const end = { state, reason: `By hand: ${reason}`, from, ...named };
    if (!(await settleIntent(transaction, key, end))) {
      throw new CannotSettleError(
        `The intent is "${intent.state}": only one that is "attention" or "unknown" can be settled by hand.`,
      );
    }
    if (state === 'confirmed' && appointment) {
      // A move or cancellation that was made leaves the time that the appointment had before.
      await releaseIntents(
        transaction,
        { ...appointment, except: intent.id },
        'Moved or cancelled, as an operator says.',
      );
    }
    const kind = MESSAGES[intent.kind][state];
    await queueMessage(transaction, {
      organizationId,
      kind,
      appointmentId,
      intentId: intent.id,
      messageKey: `${intent.id}/${kind}`,
    });
  });
}
