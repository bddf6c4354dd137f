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
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { findIntent, settleIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { claimTime, tryToClaim } from './claim.ts';
import { reached } from './crash-point.ts';
import { USUAL_DEADLINES, withDeadline } from './deadlines.ts';
import { isLive } from './find-booking.ts';
import type { LedgerOutcome, OperationContext } from './ledger-context.ts';
import type { Operation } from './operation.ts';
import { confirmIntent, endIntent, refuseIntent } from './settle.ts';

/**
 * Carries an intent out while its caller waits: claims its time, asks the provider, writes the
 * outcome. A process that dies on the way leaves a row that says where it was.
 */
export async function runIntent(
  context: OperationContext,
  intent: Intent & { isNew: boolean },
  operation: Operation,
): Promise<LedgerOutcome> {
  await reached(context, 'requested');
  if (intent.isNew && intent.state === 'refused') return { state: 'taken' };
  if (intent.state !== 'requested' && intent.state !== 'refused') {
    return goOn(context, intent, operation);
  }
  const claim = await claimTime(context, intent, operation.ownReference);
  switch (claim.state) {
    case 'claimed':
      await reached(context, 'claimed');
      return send({ context, intent: claim.intent, operation }, claim.begun);
    case 'busy': {
      const error = new CalendarUnreachableError('Nothing was sent: others are being booked.');
      await refuseIntent(context, intent, operation, error.message, 'call');
      return { state: 'refused', error };
    }
    case 'running':
      return goOn(context, claim.intent, operation);
    case 'taken':
      if (claim.isOpen)
        await refuseIntent(context, intent, operation, 'Another booking has the time.', 'call');
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

interface Run {
  context: OperationContext;
  intent: Intent;
  operation: Operation;
}

async function send(run: Run, begun: number): Promise<LedgerOutcome> {
  const { context, intent, operation } = run;
  const { sendWithin, write } = context.deadlines ?? USUAL_DEADLINES;
  // The reconciler takes a write for lost when its time is over: one that comes later must not come.
  if (performance.now() - begun > sendWithin) {
    const error = new CalendarUnreachableError('Nothing was sent: too late after the claim.');
    await refuseIntent(context, intent, operation, error.message, 'call');
    return { state: 'refused', error };
  }
  let booking: Booking;
  try {
    booking = await withDeadline(operation.send(), write);
  } catch (error) {
    return fail(run, error);
  }
  await reached(context, 'provider-answered');
  return inDoubt(() => confirm(run, booking));
}

async function fail(run: Run, error: unknown): Promise<LedgerOutcome> {
  const { context, intent, operation } = run;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'Unknown failure.';
  if (error instanceof CalendarError && !(error instanceof OutcomeUnknownError)) {
    await reached(context, 'provider-refused');
    const ended = await findEnded(run, error);
    if (ended) return end(run, ended);
    await refuseIntent(context, intent, operation, reason, 'call');
    return error instanceof SlotUnavailableError ? { state: 'taken' } : { state: 'refused', error };
  }
  await reached(context, 'outcome-in-doubt');
  return inDoubt(async () => {
    await settleIntent(context.db, intent, { state: 'unknown', reason });
    await reached(context, 'unknown-written');
    return lookUp(run);
  });
}

/** Asks whether that is why it was refused: who is told of it must not hear that the booking stands. */
async function findEnded(
  { context, operation }: Run,
  refusal: CalendarError,
): Promise<Booking | undefined> {
  if (!operation.findEnded || !(refusal instanceof RequestRefusedError)) return undefined;
  const deadline = (context.deadlines ?? USUAL_DEADLINES).lookUp;
  try {
    return await withDeadline(operation.findEnded(), deadline);
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}

/** An intent that was begun before: its outcome, or what the provider says of it now. */
async function goOn(
  context: OperationContext,
  intent: Intent,
  operation: Operation,
): Promise<LedgerOutcome> {
  if (intent.state === 'confirmed') return confirmedBefore(context, intent);
  return inDoubt(() => lookUp({ context, intent, operation }));
}

/** Only presence proves something here: what is absent now may still be on its way. */
async function lookUp(run: Run): Promise<LedgerOutcome> {
  const { context, operation } = run;
  const deadline = (context.deadlines ?? USUAL_DEADLINES).lookUp;
  try {
    const finding = await withDeadline(operation.lookUp(), deadline);
    await reached(context, 'looked-up');
    if (finding.state === 'done') return await confirm(run, finding.booking);
    if (finding.state === 'not-done') return { state: 'unknown' };
    return await end(run, finding.booking);
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'unknown' };
    throw error;
  }
}

/** The booking was cancelled or rejected at the provider: there is nothing to come to. */
async function end({ context, intent, operation }: Run, booking: Booking): Promise<LedgerOutcome> {
  await endIntent(context, intent, operation, booking, 'call');
  if (intent.kind === 'book') return { state: 'taken' };
  const error = new BookingNotFoundError(`The booking is ${booking.status} at the calendar.`);
  return { state: 'refused', error };
}

async function confirm(run: Run, booking: Booking): Promise<LedgerOutcome> {
  const { context, intent, operation } = run;
  if (intent.kind !== 'cancel' && !isLive(booking)) return end(run, booking);
  const appointmentId = await confirmIntent(context, intent, operation, booking, 'call');
  if (appointmentId !== undefined) return { state: 'confirmed', booking, appointmentId };
  const present = await findIntent(context.db, intent);
  if (present?.state === 'confirmed') return confirmedBefore(context, present);
  if (present?.state === 'refused') return confirmLate(run, booking);
  return { state: 'unknown' };
}

/**
 * The reconciler has taken the write for lost, and it was made after all: the time is claimed anew,
 * or, where somebody else has it meanwhile, a booking is cancelled again.
 */
async function confirmLate(run: Run, booking: Booking): Promise<LedgerOutcome> {
  const { context, operation } = run;
  const claim = await tryToClaim(context, run.intent, operation.ownReference);
  if (claim.result === 'claimed') {
    const appointmentId = await confirmIntent(context, claim.intent, operation, booking, 'call');
    if (appointmentId !== undefined) return { state: 'confirmed', booking, appointmentId };
  } else if (claim.result === 'running') {
    // The mirror was faster.
    const present = await findIntent(context.db, run.intent);
    if (present?.state === 'confirmed') return confirmedBefore(context, present);
  } else if (claim.result !== 'busy' && run.intent.kind === 'book') {
    await context.calendar.cancel(booking.reference, 'The time was given to somebody else.');
    return { state: 'taken' };
  }
  return { state: 'unknown' };
}

async function confirmedBefore(context: OperationContext, intent: Intent): Promise<LedgerOutcome> {
  const { organizationId, calendarConnectionId, reference } = intent;
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

/** An appointment as its provider would answer it. */
export function asBooking(appointment: LedgerAppointment): Booking {
  return {
    reference: appointment.reference,
    uid: appointment.providerUid ?? appointment.reference,
    start: appointment.startAt,
    end: appointment.endAt,
    status: appointment.status,
    attendee: appointment.attendee,
    key: null,
    location: appointment.location,
  };
}

/** From here on something may have been done: whatever fails now, the caller must not hear "failed". */
async function inDoubt(work: () => Promise<LedgerOutcome>): Promise<LedgerOutcome> {
  try {
    return await work();
  } catch (error) {
    return { state: 'unknown', error };
  }
}
