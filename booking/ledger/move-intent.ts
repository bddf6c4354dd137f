import { BookingNotFoundError } from '../../calendar/calendar-error.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { Booking, CalendarDescription, Slot } from '../../calendar/calendar.ts';
import type { LedgerAppointment } from '../../db/appointments/appointments.ts';
import { findIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { asBooking, findByReference } from './find-booking.ts';
import { answeredInTime } from './ledger-context.ts';
import type { ChangeContext, IntentContext, LedgerOutcome, LedgerMove } from './ledger-context.ts';
import { AppointmentIntent } from './ledger-intent.ts';
import type { Verdict } from './ledger-intent.ts';
import { findOwn, refusing, wishFor } from './own-appointment.ts';
import { ReplaceIntent } from './replace-intent.ts';
import { requestIntentOfCall } from './request-intent.ts';
import { runIntent } from './run-intent.ts';
import { writeChange } from './write-change.ts';

/**
 * Moves an appointment through the ledger. The new time is claimed first, and the old one is free
 * once the new one is confirmed. To the time it has already, it does nothing.
 *
 * The appointment stays as long as it is: of the slot wished for only the start counts.
 */
export async function rescheduleThroughLedger(
  context: ChangeContext,
  { appointmentId, slot: wished, reason }: LedgerMove,
): Promise<LedgerOutcome> {
  return refusing(async () => {
    const appointment = await findOwn(context, appointmentId);
    const length = appointment.endAt.getTime() - appointment.startAt.getTime();
    const slot = { start: wished.start, end: new Date(wished.start.getTime() + length) };
    if (!isLive(appointment)) throw new BookingNotFoundError('The appointment is cancelled.');
    const description = await answeredInTime(context, context.calendar.describe());
    if (appointment.startAt.getTime() === slot.start.getTime()) {
      const standing = await findStanding(context, appointment);
      if (standing) return { state: 'confirmed', booking: standing, appointmentId };
    }
    // Of a request that has a name: also when the appointment was moved on since.
    const from = context.requestKey ? [] : [appointment.startAt];
    const identity = [
      'reschedule',
      appointmentId,
      ...[...from, slot.start, slot.end].map((instant) => instant.getTime()),
    ];
    const row = await requestIntentOfCall(context, identity, {
      kind: 'reschedule',
      ...wishFor(appointment),
      startAt: slot.start,
      endAt: slot.end,
      notes: reason,
      answers: await answersOf(context, appointment),
      exclusive: description.exclusive,
    });
    return runIntent(openMove(context, row, appointment, description), row);
  });
}

/** The provider's own way to move a booking, where it has one. */
export function openMove(
  context: IntentContext,
  row: Intent,
  appointment: LedgerAppointment,
  description: CalendarDescription,
): AppointmentIntent {
  const Move = description.supports.reschedule ? MoveIntent : ReplaceIntent;
  return new Move(context, row, appointment, description);
}

const MOVED = 'The appointment was moved.';

/** Moves an appointment's booking to the intent's time, by the calendar's own way. */
class MoveIntent extends AppointmentIntent {
  send(): Promise<Booking> {
    const { startAt, endAt, notes } = this.row;
    const slot = { start: startAt, end: endAt };
    return this.context.calendar.reschedule(this.appointment.reference, slot, notes ?? MOVED);
  }

  async lookUp(): Promise<Verdict> {
    const booking = await this.#find();
    if (!booking) {
      // Its owner may have deleted it meanwhile: a calendar that tells what is gone finds what it has.
      if (!this.context.calendar.listChanges) return { state: 'not-done' };
      return { state: 'ended', booking: { ...asBooking(this.appointment), status: 'cancelled' } };
    }
    if (!isLive(booking)) return { state: 'ended', booking };
    // One that is neither where it was nor where it should be is not as it was wished for.
    const [is, was] = [booking.start.getTime(), this.appointment.startAt.getTime()];
    const hasStayed = is === was && is !== this.row.startAt.getTime();
    if (hasStayed) return { state: 'not-done' };
    return { state: booking.isHalfMoved ? 'begun' : 'done', booking };
  }

  /** Has the calendar end what it began, or take it back. */
  override finish(): Promise<Booking> {
    return this.send();
  }

  override get before(): Slot {
    return { start: this.appointment.startAt, end: this.appointment.endAt };
  }

  override async findEnded(): Promise<Booking | undefined> {
    const booking = await this.#find();
    return booking && !isLive(booking) ? booking : undefined;
  }

  confirm(transaction: Database, booking: Booking): Promise<string> {
    const change = { appointment: this.appointment, booking, reason: MOVED };
    return writeChange(transaction, this.row, change);
  }

  #find(): Promise<Booking | undefined> {
    const { reference } = this.appointment;
    return findByReference(this.context.calendar, this.row.attendee, reference);
  }
}

/** The booking, when the provider too has it at the time that we know. */
async function findStanding(
  context: ChangeContext,
  { attendee, reference, startAt }: LedgerAppointment,
): Promise<Booking | undefined> {
  const look = findByReference(context.calendar, attendee, reference);
  const booking = await answeredInTime(context, look);
  const stands = booking && isLive(booking) && booking.start.getTime() === startAt.getTime();
  return stands ? booking : undefined;
}

/** What the attendee answered when booking: a provider that books anew asks for it again. */
async function answersOf(
  { db, organizationId }: ChangeContext,
  { intentId }: LedgerAppointment,
): Promise<Record<string, string>> {
  if (intentId === null) return {};
  return (await findIntent(db, { organizationId, id: intentId }))?.answers ?? {};
}
