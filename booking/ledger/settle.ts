import type { Booking } from '../../calendar/calendar.ts';
import { settleIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { queueMessage } from '../outbox/outbox.ts';
import { reached } from './crash-point.ts';
import type { OperationContext } from './ledger-context.ts';
import type { Operation } from './operation.ts';

/** Who settles: a call, whose caller hears the outcome, or the reconciler, who writes a message. */
export type SettledBy = 'call' | 'reconciler';

/**
 * Writes that an intent is done, its appointment and the message to the attendee, in one transaction.
 * @returns the appointment's id; undefined when somebody else has settled the intent
 */
export async function confirmIntent(
  context: OperationContext,
  intent: Intent,
  operation: Operation,
  booking: Booking,
  by: SettledBy,
): Promise<string | undefined> {
  const appointmentId = await context.db.transaction().execute(async (transaction) => {
    const isFirst = await settleIntent(transaction, intent, {
      state: 'confirmed',
      reason: null,
      reference: booking.reference,
    });
    if (!isFirst) return;
    const id = await operation.mirror(transaction, booking);
    const { messages, providerWrites } = operation;
    if (by === 'reconciler' || !providerWrites) {
      const kind = by === 'reconciler' ? messages.settled : messages.done;
      await queueMessage(transaction, messageOf(intent, kind, id));
    }
    await reached(context, 'confirming');
    return id;
  });
  if (appointmentId !== undefined) await reached(context, 'confirmed');
  return appointmentId;
}

/** Writes that an intent's booking was ended by somebody else before it could be confirmed. */
export async function endIntent(
  context: OperationContext,
  intent: Intent,
  operation: Operation,
  booking: Booking,
  by: SettledBy,
): Promise<void> {
  await context.db.transaction().execute(async (transaction) => {
    const isFirst = await settleIntent(transaction, intent, {
      state: operation.whenEnded,
      reason: `The booking is ${booking.status} at the provider.`,
      reference: booking.reference,
      from: ['claimed', 'unknown', 'attention'],
    });
    if (!isFirst) return;
    await operation.mirror(transaction, booking);
    if (by === 'reconciler') {
      const kind = operation.messages.settledNot;
      await queueMessage(transaction, messageOf(intent, kind, intent.appointmentId));
    }
  });
}

/**
 * Writes that nothing was done.
 * @returns false when somebody else has settled the intent
 */
export async function refuseIntent(
  context: OperationContext,
  intent: Intent,
  operation: Pick<Operation, 'messages'>,
  reason: string,
  by: SettledBy,
): Promise<boolean> {
  const end = { state: 'refused', reason } as const;
  const isFirst =
    by === 'call'
      ? await settleIntent(context.db, intent, end)
      : await context.db.transaction().execute(async (transaction) => {
          const refused = await settleIntent(transaction, intent, end);
          const kind = operation.messages.settledNot;
          if (refused)
            await queueMessage(transaction, messageOf(intent, kind, intent.appointmentId));
          return refused;
        });
  if (isFirst) await reached(context, 'refused');
  return isFirst;
}

function messageOf<Kind>(intent: Intent, kind: Kind, appointmentId: string | null) {
  return {
    organizationId: intent.organizationId,
    kind,
    appointmentId,
    intentId: intent.id,
    messageKey: `${intent.id}/${String(kind)}`,
  };
}
