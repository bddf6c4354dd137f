import { createHash } from 'node:crypto';
import {
  CalendarError,
  OutcomeUnknownError,
  SlotUnavailableError,
} from '../calendar/calendar-error.ts';
import type { Booking } from '../calendar/calendar.ts';
import { insertAppointment } from '../db/appointments.ts';
import { claimIntent, requestIntent, settleIntent } from '../db/booking-intents.ts';
import type { IntentKey } from '../db/booking-intents.ts';
import { USUAL_DEADLINES, withDeadline } from './ledger/deadlines.ts';
import type {
  CancelRequest,
  LedgerContext,
  LedgerEntry,
  LedgerOutcome,
  MoveRequest,
} from './ledger/ledger-context.ts';

export type {
  CancelRequest,
  LedgerContext,
  LedgerEntry,
  LedgerOutcome,
  MoveRequest,
} from './ledger/ledger-context.ts';

/**
 * Books through the ledger: the intent is written, its slot claimed, then the provider asked, then
 * the outcome written. A process that dies on the way leaves a row that says where it was.
 */
export async function bookThroughLedger(
  context: LedgerContext,
  entry: LedgerEntry,
): Promise<LedgerOutcome> {
  const idempotencyKey = idempotencyKeyOf(context, entry);
  const intent = await requestIntent(context.db, {
    organizationId: context.organizationId,
    calendarConnectionId: context.calendarConnectionId,
    callId: context.callId,
    eventType: context.eventType,
    // One calendar is one person's time here: whatever starts there collides.
    resource: 'calendar',
    idempotencyKey,
    startAt: entry.slot.start,
    endAt: entry.slot.end,
    attendee: entry.attendee,
    agentId: context.agentId,
    bookingEventId: context.bookingEventId,
    notes: entry.notes,
    answers: entry.answers,
  });
  const step = { context, entry, key: { organizationId: context.organizationId, id: intent.id } };
  if (intent.state !== 'requested' && intent.state !== 'refused') {
    return lookUp(step, idempotencyKey);
  }
  if (!(await claimIntent(context.db, step.key))) {
    const reason = 'Another caller holds the slot.';
    await settleIntent(context.db, step.key, { state: 'refused', reason });
    return { state: 'taken' };
  }
  try {
    const booking = await withDeadline(
      context.calendar.book({ ...entry, key: idempotencyKey }),
      USUAL_DEADLINES.write,
    );
    return await confirm(step, booking);
  } catch (error) {
    return settleFailure(step, idempotencyKey, error);
  }
}

interface Step {
  context: LedgerContext;
  entry: LedgerEntry;
  key: IntentKey;
}

async function settleFailure(
  step: Step,
  idempotencyKey: string,
  error: unknown,
): Promise<LedgerOutcome> {
  if (!(error instanceof CalendarError) || error instanceof OutcomeUnknownError) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'Unknown failure.';
    await settleIntent(step.context.db, step.key, { state: 'unknown', reason });
    return lookUp(step, idempotencyKey);
  }
  const reason = `${error.name}: ${error.message}`;
  await settleIntent(step.context.db, step.key, { state: 'refused', reason });
  return error instanceof SlotUnavailableError ? { state: 'taken' } : { state: 'refused', error };
}

/**
 * Asks the provider whether the booking exists. Only its presence proves something: what is absent
 * now may still be on its way.
 */
async function lookUp(step: Step, idempotencyKey: string): Promise<LedgerOutcome> {
  const { email, phone } = step.entry.attendee;
  const query = {
    key: idempotencyKey,
    ...(email === null ? {} : { email }),
    ...(email === null && phone !== null ? { phone } : {}),
  };
  try {
    const found = await withDeadline(
      step.context.calendar.findBookings(query),
      USUAL_DEADLINES.lookUp,
    );
    const booking = found.find((candidate) => candidate.status === 'confirmed');
    return booking ? await confirm(step, booking) : { state: 'unknown' };
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'unknown' };
    throw error;
  }
}

async function confirm(step: Step, booking: Booking): Promise<LedgerOutcome> {
  const { context, entry, key } = step;
  const appointmentId = await context.db.transaction().execute(async (transaction) => {
    await settleIntent(transaction, key, {
      state: 'confirmed',
      reason: null,
      reference: booking.reference,
    });
    return insertAppointment(transaction, {
      organizationId: context.organizationId,
      agentId: context.agentId,
      callId: context.callId,
      calendarConnectionId: context.calendarConnectionId,
      intentId: key.id,
      bookingEventId: context.bookingEventId,
      eventType: context.eventType,
      reference: booking.reference,
      providerUid: booking.uid,
      location: booking.location,
      startAt: booking.start,
      endAt: booking.end,
      attendee: entry.attendee,
      notes: entry.notes,
    });
  });
  return { state: 'confirmed', booking, appointmentId };
}

/** One call, one slot, one attendee: one key, however often the model asks for it. */
function idempotencyKeyOf(context: LedgerContext, { slot, attendee }: LedgerEntry): string {
  const identity = [
    context.callId,
    context.eventType,
    slot.start.getTime(),
    slot.end.getTime(),
    attendee.name.toLowerCase(),
    attendee.email?.toLowerCase() ?? null,
    attendee.phone,
  ];
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 32);
}

/** Moves an appointment through the ledger; the old time is free once the new one is confirmed. */
export async function rescheduleThroughLedger(
  _context: LedgerContext,
  _request: MoveRequest,
): Promise<LedgerOutcome> {
  return Promise.resolve({ state: 'unknown' });
}

/** Cancels an appointment through the ledger. */
export async function cancelThroughLedger(
  _context: LedgerContext,
  _request: CancelRequest,
): Promise<LedgerOutcome> {
  return Promise.resolve({ state: 'unknown' });
}
