import { isLive } from '../../calendar/calendar.ts';
import type { Booking } from '../../calendar/calendar.ts';
import { findLedgerAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt, findIntent } from '../../db/intents/intents.ts';
import { releaseIntents, writeIntentState } from '../../db/intents/intent-states.ts';
import type { Intent, IntentKey } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import { asBooking } from './find-booking.ts';
import { CLOCK_SKEW } from './ledger-context.ts';
import { writeReplaced } from './replace-intent.ts';
import { tell } from './write-outcome.ts';
import { writeChange } from './write-change.ts';

/** The intent is unknown, or is settled already; the message is for the operator. */
export class CannotSettleError extends Error {
  override readonly name = 'CannotSettleError';
}

/**
 * Writes how an intent ended that nobody but an operator could find out, what a move or a
 * cancellation made of its appointment, and the message to the attendee. What the calendar has of a
 * booking is mirrored by the next synchronisation.
 *
 * @param reason for the record: how the operator knows
 * @param reference of what was booked; of a move or a cancellation the appointment's unless given
 * @throws {CannotSettleError} when the intent is not waiting for an operator or the reconciler
 */
export async function settleByHand(
  db: Database,
  key: IntentKey,
  state: 'confirmed' | 'refused',
  reason: string,
  reference: string | null = null,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const intent = await lockIntent(transaction, key);
    const { organizationId, appointmentId } = intent;
    const appointment =
      appointmentId === null
        ? undefined
        : await findLedgerAppointment(transaction, { organizationId, id: appointmentId });
    const known = reference ?? intent.reference ?? appointment?.reference;
    const from = ['attention', 'unknown'] as const;
    const named = state === 'confirmed' && known !== undefined ? { reference: known } : {};
    const end = { state, reason: `By hand: ${reason}`, from, ...named };
    if (!(await writeIntentState(transaction, key, end))) {
      throw new CannotSettleError(
        `The intent is "${intent.state}": only one that is "attention" or "unknown" can be settled by hand.`,
      );
    }
    const about =
      state === 'confirmed' && appointment
        ? await writeByHand(transaction, intent, appointment)
        : appointmentId;
    await tell(transaction, intent, state === 'confirmed' ? 'settled' : 'settledNot', about);
  });
}

/**
 * The intent, which nobody else writes until the transaction ends. What the mirror knows does not
 * change meanwhile either; it locks itself before it locks rows, and so does this.
 * @throws {CannotSettleError}
 */
async function lockIntent(transaction: Database, key: IntentKey): Promise<Intent> {
  const known = await findIntent(transaction, key);
  if (known) await takeLock(transaction, LOCKS.mirror(known.calendarConnectionId));
  const locked = known && (await findIntent(transaction, key, { lock: true }));
  if (!locked) throw new CannotSettleError('There is no such intent.');
  return locked;
}

/**
 * Writes a move or a cancellation that was made, as the ledger does when the calendar says so. What
 * the provider has said since is newer, and stays: the booking may have been moved on, or have ended.
 *
 * @returns the id of the appointment as it is now
 */
async function writeByHand(
  transaction: Database,
  intent: Intent,
  appointment: LedgerAppointment,
): Promise<string> {
  const before = asBooking(appointment);
  const after = { ...before, start: intent.startAt, end: intent.endAt };
  const { reference } = intent;
  if (intent.kind === 'reschedule' && reference !== null && reference !== appointment.reference) {
    // A move by two bookings got as far as the second.
    const anew = { ...after, reference, uid: reference };
    return writeReplaced(transaction, intent, { appointment, anew });
  }
  const isCancelled = intent.kind === 'cancel';
  const reason = (isCancelled ? intent.notes : null) ?? 'Moved or cancelled, as an operator says.';
  const sent = claimedAt(intent) ?? intent.createdAt;
  const told = appointment.providerChangedAt?.getTime() ?? 0;
  const isNewer = !isCancelled && told > sent.getTime() + CLOCK_SKEW;
  if (isNewer || !isLive(appointment)) {
    // The time that the appointment had before is left all the same.
    await releaseIntents(transaction, { ...appointment, except: intent.id }, reason);
    return appointment.id;
  }
  const booking: Booking = isCancelled ? { ...before, status: 'cancelled' } : after;
  return writeChange(transaction, intent, { appointment, booking, reason });
}
