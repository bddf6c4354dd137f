import { BookingNotFoundError, CalendarError } from '../../calendar/calendar-error.ts';
import type { CalendarDescription } from '../../calendar/calendar.ts';
import { findLedgerAppointment } from '../../db/appointments/appointments.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { findIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { USUAL_DEADLINES, withDeadline } from './deadlines.ts';
import { findByReference, isLive } from './find-booking.ts';
import type {
  CancelContext,
  CancelRequest,
  LedgerContext,
  LedgerOutcome,
  MoveRequest,
} from './ledger-context.ts';
import { openOperation } from './open-operation.ts';
import { requestIntentOfCall } from './request-intent.ts';
import { asBooking, runIntent } from './run-intent.ts';

/**
 * Moves an appointment through the ledger. The new time is claimed first, and the old one is free
 * once the new one is confirmed. To the time it has already, it does nothing.
 *
 * The appointment stays as long as it is: of the slot wished for only the start counts.
 */
export async function rescheduleThroughLedger(
  context: LedgerContext,
  { appointmentId, slot: wished, reason }: MoveRequest,
): Promise<LedgerOutcome> {
  return refusing(async () => {
    const appointment = await findOwn(context, appointmentId);
    const length = appointment.endAt.getTime() - appointment.startAt.getTime();
    const slot = { start: wished.start, end: new Date(wished.start.getTime() + length) };
    if (!isLive(appointment)) throw new BookingNotFoundError('The appointment is cancelled.');
    const description = await context.calendar.describe();
    if (appointment.startAt.getTime() === slot.start.getTime()) {
      const standing = await findStanding(context, appointment);
      if (standing) return standing;
    }
    const identity = [
      'reschedule',
      appointmentId,
      ...[appointment.startAt, slot.start, slot.end].map((instant) => instant.getTime()),
    ];
    const intent = await requestIntentOfCall(context, identity, {
      kind: 'reschedule',
      ...ofAppointment(appointment),
      startAt: slot.start,
      endAt: slot.end,
      notes: reason,
      answers: await answersOf(context, appointment),
      exclusive: description.exclusive,
    });
    return run(context, intent, description);
  });
}

/** Cancels an appointment through the ledger; one that is cancelled stays as it is. */
export async function cancelThroughLedger(
  context: CancelContext,
  { appointmentId, reason }: CancelRequest,
): Promise<LedgerOutcome> {
  return refusing(async () => {
    const appointment = await findOwn(context, appointmentId);
    if (!isLive(appointment)) {
      return { state: 'confirmed', booking: asBooking(appointment), appointmentId };
    }
    const description = await context.calendar.describe();
    const intent = await requestIntentOfCall(context, ['cancel', appointmentId], {
      kind: 'cancel',
      ...ofAppointment(appointment),
      startAt: appointment.startAt,
      endAt: appointment.endAt,
      notes: reason,
      answers: {},
      exclusive: description.exclusive,
    });
    return run(context, intent, description);
  });
}

async function run(
  context: CancelContext,
  intent: Intent & { isNew: boolean },
  description: CalendarDescription,
): Promise<LedgerOutcome> {
  return runIntent(context, intent, await openOperation(context, intent, description));
}

async function findOwn(context: CancelContext, appointmentId: string): Promise<LedgerAppointment> {
  const { db, organizationId, calendarConnectionId } = context;
  const found = await findLedgerAppointment(db, { organizationId, id: appointmentId });
  if (found?.calendarConnectionId === calendarConnectionId) return found;
  throw new BookingNotFoundError('The calendar has no such appointment.');
}

/** Its outcome, when the provider too has it at the time that we know. */
async function findStanding(
  { calendar, deadlines = USUAL_DEADLINES }: LedgerContext,
  { id, attendee, reference, startAt }: LedgerAppointment,
): Promise<LedgerOutcome | undefined> {
  const look = findByReference(calendar, attendee, reference);
  const booking = await withDeadline(look, deadlines.lookUp);
  if (!booking || !isLive(booking) || booking.start.getTime() !== startAt.getTime()) return;
  return { state: 'confirmed', booking, appointmentId: id };
}

function ofAppointment({ id, attendee, eventType, bookingEventId }: LedgerAppointment) {
  return {
    appointmentId: id,
    attendee,
    eventType,
    ...(bookingEventId === null ? {} : { bookingEventId }),
  };
}

/** What the attendee answered when booking: a provider that books anew asks for it again. */
async function answersOf(
  { db, organizationId }: LedgerContext,
  { intentId }: LedgerAppointment,
): Promise<Record<string, string>> {
  if (intentId === null) return {};
  return (await findIntent(db, { organizationId, id: intentId }))?.answers ?? {};
}

/** Before an intent exists, nothing can have been done. */
async function refusing(work: () => Promise<LedgerOutcome>): Promise<LedgerOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'refused', error };
    throw error;
  }
}
