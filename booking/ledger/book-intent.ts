import { CalendarError } from '../../calendar/calendar-error.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { Attendee, Booking } from '../../calendar/calendar.ts';
import { insertAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { findByKey } from './find-booking.ts';
import { answeredInTime } from './ledger-context.ts';
import type { ChangeContext, LedgerEntry, LedgerOutcome } from './ledger-context.ts';
import { LedgerIntent } from './ledger-intent.ts';
import type { Verdict } from './ledger-intent.ts';
import { requestIntentOfCall } from './request-intent.ts';
import { runIntent } from './run-intent.ts';

/**
 * Books through the ledger: the intent is written, its slot claimed, then the provider asked, then
 * the outcome written. One call, one slot, one attendee: one booking, however often it is asked for.
 */
export async function bookThroughLedger(
  context: ChangeContext,
  { slot, attendee, notes, answers }: LedgerEntry,
): Promise<LedgerOutcome> {
  let description;
  try {
    description = await answeredInTime(context, context.calendar.describe());
  } catch (error) {
    if (error instanceof CalendarError) return { state: 'refused', error };
    throw error;
  }
  const identity = [
    context.calendarConnectionId,
    context.bookingEventId,
    context.eventType,
    slot.start.getTime(),
    slot.end.getTime(),
    attendee.name.toLowerCase(),
    attendee.email?.toLowerCase() ?? null,
    attendee.phone,
  ];
  const row = await requestIntentOfCall(context, identity, {
    kind: 'book',
    startAt: slot.start,
    endAt: slot.end,
    attendee,
    appointmentId: null,
    notes,
    answers,
    exclusive: description.exclusive,
  });
  const outcome = await runIntent(new BookIntent(context, row, description), row);
  return outcome.state === 'unknown' ? { ...outcome, intentId: row.id } : outcome;
}

/** Books the intent's time, with the intent's idempotency key. */
export class BookIntent extends LedgerIntent {
  send(): Promise<Booking> {
    const { startAt, endAt, attendee, idempotencyKey, notes, answers } = this.row;
    const slot = { start: startAt, end: endAt };
    return this.context.calendar.book({ slot, attendee, key: idempotencyKey, notes, answers });
  }

  override differenceOf(booking: Booking): string | null {
    const { key } = booking;
    if (key === null || key === this.row.idempotencyKey) return super.differenceOf(booking);
    return 'The calendar answers a booking that bears another key.';
  }

  async lookUp(): Promise<Verdict> {
    const { attendee, idempotencyKey } = this.row;
    const booking = await findByKey(this.context.calendar, attendee, idempotencyKey);
    if (!booking) return { state: 'not-done' };
    return { state: isLive(booking) ? 'done' : 'ended', booking };
  }

  confirm(transaction: Database, booking: Booking): Promise<string> {
    return insertBooked(transaction, this.row, booking);
  }
}

/**
 * Writes the appointment that an intent made.
 * @returns its id
 */
export function insertBooked(
  transaction: Database,
  intent: Intent,
  booking: Booking,
): Promise<string> {
  return insertAppointment(transaction, {
    organizationId: intent.organizationId,
    agentId: intent.agentId,
    callId: intent.callId,
    calendarConnectionId: intent.calendarConnectionId,
    intentId: intent.id,
    bookingEventId: intent.bookingEventId,
    eventType: intent.eventType,
    reference: booking.reference,
    providerUid: booking.uid,
    status: booking.status,
    location: booking.location,
    startAt: booking.start,
    endAt: booking.end,
    attendee: keptAttendee(intent.attendee, booking.attendee),
    notes: intent.notes,
    organizerEmail: intent.organizerEmail,
    providerChangedAt: claimedAt(intent) ?? intent.updatedAt,
  });
}

/** As the provider answered, and as was sent where it keeps nothing: the caller must be found again. */
function keptAttendee(sent: Attendee, answered: Attendee): Attendee {
  return {
    name: answered.name || sent.name,
    email: answered.email ?? sent.email,
    phone: answered.phone ?? sent.phone,
    timeZone: answered.timeZone || sent.timeZone,
  };
}
