import type { Booking } from '../../calendar/calendar.ts';
import { settleOutcome } from '../../db/calls/intent-outcome.ts';
import { writeIntentState } from '../../db/intents/intent-states.ts';
import { MAYBE_SENT } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import type { IntentKind, OutboxKind } from '../../db/values.ts';
import { queueMessage } from '../outbox/outbox.ts';
import { reached } from './crash-point.ts';
import type { LedgerIntent } from './ledger-intent.ts';

/** A call tells its caller the outcome; the reconciler writes a message. */
export type SettledBy = 'call' | 'reconciler';

/** Why a write was refused that was made and taken back. */
export const GAVE_WAY = 'Something else came in between: it was taken back.';

interface IntentMessages {
  /** What a call has done. */
  done: OutboxKind;
  /** What was left open, and happened. */
  settled: OutboxKind;
  /** What was left open, and did not happen. */
  settledNot: OutboxKind;
}

/** What an attendee is told of each kind. */
const MESSAGES: Record<IntentKind, IntentMessages> = {
  book: { done: 'booked', settled: 'settled_booked', settledNot: 'settled_not_booked' },
  reschedule: {
    done: 'rescheduled',
    settled: 'settled_rescheduled',
    settledNot: 'settled_not_rescheduled',
  },
  cancel: {
    done: 'cancelled',
    settled: 'settled_cancelled',
    settledNot: 'settled_not_cancelled',
  },
};

/**
 * Writes that an intent is done, its appointment and the message to the attendee, in one transaction.
 * @returns the appointment's id; undefined when somebody else has settled the intent
 */
export async function confirmIntent(
  intent: LedgerIntent,
  booking: Booking,
  by: SettledBy,
): Promise<string | undefined> {
  const { context, row, providerWrites } = intent;
  const appointmentId = await context.db.transaction().execute(async (transaction) => {
    const isFirst = await writeIntentState(transaction, row, {
      state: 'confirmed',
      reason: null,
      reference: booking.reference,
    });
    if (!isFirst) return;
    const id = await intent.confirm(transaction, booking);
    if (by === 'reconciler') await tell(transaction, row, 'settled', id);
    else if (!providerWrites) await tell(transaction, row, 'done', id);
    await reached(context, 'confirming');
    return id;
  });
  if (appointmentId !== undefined) await reached(context, 'confirmed');
  return appointmentId;
}

/**
 * Writes what the provider has made of an intent otherwise than was wished for, and tells the attendee
 * of it as it is. A time that the booking does not have is given free.
 */
export async function writeAsItStands(
  intent: LedgerIntent,
  booking: Booking,
  difference: string,
): Promise<void> {
  const { context, row } = intent;
  const hasStart = booking.start.getTime() === row.startAt.getTime();
  await context.db.transaction().execute(async (transaction) => {
    const isFirst = await writeIntentState(transaction, row, {
      state: hasStart ? 'confirmed' : 'released',
      reason: difference,
      reference: booking.reference,
      from: MAYBE_SENT,
    });
    if (!isFirst) return;
    const id = await intent.confirm(transaction, booking);
    await tell(transaction, row, 'settled', id);
  });
}

/** Writes that an intent's booking was ended by somebody else before it could be confirmed. */
export async function endIntent(
  intent: LedgerIntent,
  booking: Booking,
  by: SettledBy,
): Promise<void> {
  const { context, row } = intent;
  await context.db.transaction().execute(async (transaction) => {
    const isFirst = await writeIntentState(transaction, row, {
      // What was booked has been; a change that found its booking ended has changed nothing.
      state: row.kind === 'book' ? 'released' : 'refused',
      reason: `The booking is ${booking.status} at the provider.`,
      reference: booking.reference,
      from: MAYBE_SENT,
    });
    if (!isFirst) return;
    await intent.confirm(transaction, booking);
    if (by === 'reconciler') await tell(transaction, row, 'settledNot');
  });
}

/**
 * Writes that nothing was done.
 * @returns false when somebody else has settled the intent
 */
export async function refuseIntent(
  { context, row }: LedgerIntent,
  reason: string,
  by: SettledBy,
): Promise<boolean> {
  const end = { state: 'refused', reason } as const;
  const isFirst =
    by === 'call'
      ? await writeIntentState(context.db, row, end)
      : await context.db.transaction().execute(async (transaction) => {
          const refused = await writeIntentState(transaction, row, end);
          if (refused) await tell(transaction, row, 'settledNot');
          return refused;
        });
  if (isFirst) await reached(context, 'refused');
  return isFirst;
}

/**
 * Queues what the attendee is told, in the transaction that settles the intent; where a call could
 * not tell how it ended, its row says so now. What was asked for by hand nobody was left waiting for:
 * it is told as what was done, and nothing is told of what was not.
 * @param appointmentId the one that the intent changes by default
 */
export async function tell(
  transaction: Database,
  row: Pick<Intent, 'organizationId' | 'id' | 'kind' | 'appointmentId' | 'callId' | 'requestedBy'>,
  what: keyof IntentMessages,
  appointmentId: string | null = row.appointmentId,
): Promise<void> {
  const isByHand = Boolean(row.requestedBy);
  if (isByHand && what === 'settledNot') return;
  const kind = MESSAGES[row.kind][isByHand ? 'done' : what];
  await queueMessage(transaction, {
    organizationId: row.organizationId,
    kind,
    appointmentId,
    intentId: row.id,
    messageKey: `${row.id}/${kind}`,
  });
  if (what !== 'done') await settleOutcome(transaction, row);
}
