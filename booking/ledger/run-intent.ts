import {
  BookingNotFoundError,
  CalendarError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../calendar/calendar-error.ts';
import type { Booking } from '../../calendar/calendar.ts';
import { findAppointmentOfReference } from '../../db/appointments/appointments.ts';
import { isElsewhere } from '../../db/calls/call-lease.ts';
import { findIntent } from '../../db/intents/intents.ts';
import { noteDoubleBooking, writeIntentState } from '../../db/intents/intent-states.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { claimTime, isListed, tryToClaim } from './claim-time.ts';
import { reached } from './crash-point.ts';
import { endBooking } from './end-booking.ts';
import { asBooking } from './find-booking.ts';
import { answeredInTime, deadlinesOf, writtenInTime } from './ledger-context.ts';
import type { IntentContext, LedgerOutcome } from './ledger-context.ts';
import type { LedgerIntent } from './ledger-intent.ts';
import { confirmIntent, endIntent, GAVE_WAY, refuseIntent } from './write-outcome.ts';

/**
 * Carries an intent out while its caller waits: claims its time, asks the provider, writes the
 * outcome. A process that dies on the way leaves a row that says where it was.
 *
 * @param request as the intent was asked for: `isNew` when nobody had asked for it before
 */
export async function runIntent(
  intent: LedgerIntent,
  { isNew }: { isNew: boolean },
): Promise<LedgerOutcome> {
  const { context, row } = intent;
  await reached(context, 'requested');
  if (isNew && row.state === 'refused') return { state: 'taken' };
  if (row.state !== 'requested' && row.state !== 'refused') return goOn(intent);
  if (await isLeft(intent)) {
    return refuseUnsent(intent, 'Nothing was sent: another process has the call.');
  }
  const unlisted = await refuseUnlisted(intent);
  if (unlisted) return unlisted;
  const { claim, begun } = await claimTime(context, row);
  switch (claim.result) {
    case 'claimed':
      intent.renew(claim.intent);
      await reached(context, 'claimed');
      return send(intent, begun);
    case 'busy':
      return refuseUnsent(intent, 'Nothing was sent: others are being booked.');
    case 'running':
      // The same request runs already, in another place.
      intent.renew((await findIntent(context.db, row)) ?? row);
      return goOn(intent);
    case 'contested':
      await refuseIntent(intent, 'Another booking has the time.', 'call');
      return { state: 'taken' };
    case 'taken':
      return { state: 'taken' };
    case 'changing':
      return {
        state: 'refused',
        error: new RequestRefusedError('Another change of this appointment is not settled yet.', {
          field: null,
        }),
      };
  }
}

/** @param begun when its claim was asked for, of `performance.now()` */
async function send(intent: LedgerIntent, begun: number): Promise<LedgerOutcome> {
  const { context } = intent;
  const { sendWithin } = deadlinesOf(context);
  // The reconciler takes a write for lost when its time is over: one that comes later must not come.
  if (performance.now() - begun > sendWithin) {
    return refuseUnsent(intent, 'Nothing was sent: too late after the claim.');
  }
  let booking: Booking;
  try {
    booking = await writtenInTime(context, intent.send());
  } catch (error) {
    return fail(intent, error);
  }
  await reached(context, 'provider-answered');
  const difference = intent.differenceOf(booking);
  // Only what was wished for may be said to be done: anything else is no answer.
  if (difference !== null) return fail(intent, new OutcomeUnknownError(difference));
  return inDoubt(() => confirm(intent, booking));
}

/** A process that was taken for dead may have a wish left over: the caller speaks with another one. */
async function isLeft({ context: { db, holder }, row }: LedgerIntent): Promise<boolean> {
  const { organizationId, callId } = row;
  if (holder === undefined || callId === null) return false;
  return isElsewhere(db, { organizationId, callId, holder });
}

/** A time that nobody has offered may be none of the calendar's; undefined where it may be claimed. */
async function refuseUnlisted(intent: LedgerIntent): Promise<LedgerOutcome | undefined> {
  const { context, row } = intent;
  if (context.mustBeListed !== true || row.kind === 'cancel') return undefined;
  let outcome: LedgerOutcome = { state: 'taken' };
  let reason = 'The calendar does not list this time.';
  try {
    const slot = { start: row.startAt, end: row.endAt };
    if (await answeredInTime(context, isListed(context, slot))) return undefined;
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    reason = `${error.name}: ${error.message}`;
    outcome = { state: 'refused', error };
  }
  const from = ['requested', 'refused'] as const;
  if (await writeIntentState(context.db, row, { state: 'refused', reason, from })) return outcome;
  // The same request runs already, in another place: the time is not free since it has it.
  intent.renew((await findIntent(context.db, row)) ?? row);
  return goOn(intent);
}

async function refuseUnsent(intent: LedgerIntent, reason: string): Promise<LedgerOutcome> {
  await refuseIntent(intent, reason, 'call');
  return { state: 'refused', error: new CalendarUnreachableError(reason) };
}

async function fail(intent: LedgerIntent, error: unknown): Promise<LedgerOutcome> {
  const { context } = intent;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'Unknown failure.';
  if (error instanceof CalendarError && !(error instanceof OutcomeUnknownError)) {
    await reached(context, 'provider-refused');
    const ended = await findEnded(intent, error);
    if (ended) return end(intent, ended);
    await refuseIntent(intent, reason, 'call');
    return error instanceof SlotUnavailableError ? { state: 'taken' } : { state: 'refused', error };
  }
  await reached(context, 'outcome-in-doubt');
  return inDoubt(async () => {
    await writeIntentState(context.db, intent.row, { state: 'unknown', reason });
    await reached(context, 'unknown-written');
    return lookUp(intent);
  });
}

/** Asks whether the booking has ended, and was refused for that: the caller must not hear that it stands. */
async function findEnded(
  intent: LedgerIntent,
  refusal: CalendarError,
): Promise<Booking | undefined> {
  if (!(refusal instanceof RequestRefusedError)) return undefined;
  try {
    return await answeredInTime(intent.context, intent.findEnded());
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}

/** An intent that was begun before: its outcome, or what the provider says of it now. */
async function goOn(intent: LedgerIntent): Promise<LedgerOutcome> {
  const { row, context } = intent;
  // Of a request with a name it is told what came of it, whatever has become of that since.
  const wasDone = row.state === 'released' && Boolean(context.requestKey);
  if (row.state === 'confirmed' || wasDone) return confirmedBefore(intent, row);
  // Who has claimed may be at it yet, and decides alone what stands.
  return inDoubt(() => lookUp(intent, { isOver: row.state !== 'claimed' }));
}

/** Only presence proves something here: what is absent now may still be on its way. */
async function lookUp(intent: LedgerIntent, options = { isOver: true }): Promise<LedgerOutcome> {
  const { context } = intent;
  try {
    const verdict = await intent.lookUpAndFinish(options);
    await reached(context, 'looked-up');
    if (verdict.state === 'done') return await confirm(intent, verdict.booking);
    if (verdict.state === 'gave-way') {
      await refuseIntent(intent, GAVE_WAY, 'call');
      return { state: 'taken' };
    }
    if (verdict.state !== 'ended') return { state: 'unknown' };
    return await end(intent, verdict.booking);
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'unknown' };
    throw error;
  }
}

/** The booking was cancelled or rejected at the provider: there is nothing to come to. */
async function end(intent: LedgerIntent, booking: Booking): Promise<LedgerOutcome> {
  await endIntent(intent, booking, 'call');
  if (intent.row.kind === 'book') return { state: 'taken' };
  const error = new BookingNotFoundError(`The booking is ${booking.status} at the calendar.`);
  return { state: 'refused', error };
}

async function confirm(intent: LedgerIntent, booking: Booking): Promise<LedgerOutcome> {
  const { context, row } = intent;
  const appointmentId = await confirmIntent(intent, booking, 'call');
  if (appointmentId !== undefined) return { state: 'confirmed', booking, appointmentId };
  const present = await findIntent(context.db, row);
  if (present?.state === 'confirmed') return confirmedBefore(intent, present);
  if (present?.state === 'refused') return confirmLate(intent, booking);
  return { state: 'unknown' };
}

/**
 * The reconciler has taken the write for lost, and it was made after all: the time is claimed anew.
 * Where somebody else has it meanwhile, a booking is cancelled again; what cannot be cancelled, and
 * what was moved there, an operator must see to.
 */
async function confirmLate(intent: LedgerIntent, booking: Booking): Promise<LedgerOutcome> {
  const { context, row } = intent;
  const claim = await tryToClaim(context, row, { isMade: true });
  if (claim.result === 'claimed') {
    intent.renew(claim.intent);
    const appointmentId = await confirmIntent(intent, booking, 'call');
    if (appointmentId !== undefined) return { state: 'confirmed', booking, appointmentId };
  } else if (claim.result === 'running') {
    // The mirror was faster.
    const present = await findIntent(context.db, row);
    if (present?.state === 'confirmed') return confirmedBefore(intent, present);
  } else if (claim.result === 'taken' || claim.result === 'contested') {
    if (row.kind === 'book' && (await cancelLate(context, booking))) return { state: 'taken' };
    await noteDoubleBooking(context.db, row, booking.reference);
  }
  return { state: 'unknown' };
}

/** @returns false where the booking may stand still */
async function cancelLate(context: IntentContext, { reference }: Booking): Promise<boolean> {
  const reason = 'The time was given to somebody else.';
  const cancelled = endBooking(context.calendar, reference, reason);
  try {
    await writtenInTime(context, cancelled);
    return true;
  } catch (error) {
    if (error instanceof BookingNotFoundError) return true;
    if (error instanceof CalendarError) return false;
    throw error;
  }
}

async function confirmedBefore({ context }: LedgerIntent, row: Intent): Promise<LedgerOutcome> {
  const { organizationId, calendarConnectionId, reference } = row;
  const appointment =
    reference === null
      ? undefined
      : await findAppointmentOfReference(context.db, {
          organizationId,
          calendarConnectionId,
          reference,
        });
  if (!appointment) return { state: 'unknown' };
  return { state: 'confirmed', booking: asBooking(appointment), appointmentId: appointment.id };
}

/** From here on something may have been done: whatever fails now, the caller must not hear "failed". */
async function inDoubt(work: () => Promise<LedgerOutcome>): Promise<LedgerOutcome> {
  try {
    return await work();
  } catch (error) {
    return { state: 'unknown', error };
  }
}
