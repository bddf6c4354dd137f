import type { Booking, CalendarDescription } from '../../calendar/calendar.ts';
import { insertAppointment } from '../../db/appointments/appointments.ts';
import { claimedAt } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { findByKey, isLive } from './find-booking.ts';
import type { OperationContext } from './ledger-context.ts';
import type { Operation } from './operation.ts';

/** Books the intent's time, with the intent's idempotency key. */
export function bookOperation(
  { calendar }: OperationContext,
  intent: Intent,
  { supports }: CalendarDescription,
): Operation {
  const { attendee, idempotencyKey, notes, answers } = intent;
  const slot = { start: intent.startAt, end: intent.endAt };
  return {
    ownReference: null,
    send: () => calendar.book({ slot, attendee, key: idempotencyKey, notes, answers }),
    async lookUp() {
      const booking = await findByKey(calendar, attendee, idempotencyKey);
      if (!booking) return { state: 'not-done' };
      return { state: isLive(booking) ? 'done' : 'ended', booking };
    },
    mirror: (transaction, booking) => mirrorBooked(transaction, intent, booking),
    whenEnded: 'released',
    messages: { done: 'booked', settled: 'settled_booked', settledNot: 'settled_not_booked' },
    providerWrites: supports.confirmationMail,
  };
}

/** Writes the appointment that an intent made. */
export function mirrorBooked(
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
    attendee: intent.attendee,
    notes: intent.notes,
    organizerEmail: intent.organizerEmail,
    providerChangedAt: claimedAt(intent) ?? intent.updatedAt,
  });
}
