import { BookingDesk } from '../../booking/desk/booking-desk.ts';
import { BookingError } from '../../booking/booking-error.ts';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../booking/ledger/move-intent.ts';
import type { LedgerContext, LedgerOutcome } from '../../booking/ledger/ledger-context.ts';
import type { Attendee, Slot } from '../../calendar/calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Heard } from './audit.ts';

const REASON = 'The caller asked for it.';

/** What a caller wants: a time, and then perhaps another or none. */
export interface Wish {
  slot: Slot;
  attendee: Attendee;
  after: 'keep' | 'cancel' | { moveTo: Slot };
}

/** Books, moves and cancels through the ledger; answers what the caller heard last. */
export async function callLedger(context: LedgerContext, wish: Wish): Promise<Heard> {
  const { slot, attendee, after } = wish;
  const made = await bookThroughLedger(context, { slot, attendee, notes: null, answers: {} });
  if (made.state !== 'confirmed') return heardOf(made);
  const { appointmentId } = made;
  if (after === 'cancel') {
    const outcome = await cancelThroughLedger(context, { appointmentId, reason: REASON });
    if (outcome.state === 'confirmed') return 'not booked';
    return outcome.state === 'unknown' ? 'unconfirmed' : 'booked';
  }
  if (after !== 'keep') {
    const request = { appointmentId, slot: after.moveTo, reason: REASON };
    const outcome = await rescheduleThroughLedger(context, request);
    return outcome.state === 'unknown' ? 'unconfirmed' : 'booked';
  }
  return 'booked';
}

function heardOf(outcome: LedgerOutcome): Heard {
  if (outcome.state === 'confirmed') return 'booked';
  return outcome.state === 'unknown' ? 'unconfirmed' : 'not booked';
}

/** Hears an offer at the booking desk and takes its first time; once more when that was taken. */
export async function callDesk(
  context: LedgerContext,
  event: BookingEvent,
  { attendee, now }: { attendee: Attendee; now: () => Date },
): Promise<Heard> {
  const desk = new BookingDesk({
    ...context,
    events: [{ event, calendar: context.calendar }],
    timeZone: event.timeZone,
    callerNumber: null,
    now,
  });
  try {
    const offer = await desk.findTimes({
      when: null,
      rangeDays: 1,
      event: null,
      durationMinutes: null,
    });
    let slots = offer.status === 'question' ? [] : offer.slots;
    for (let attempt = 0; attempt < 2 && slots[0]; attempt += 1) {
      const answer = await desk.changes.schedule({
        slotId: slots[0].slot_id,
        ...attendee,
        notes: null,
        answers: [],
      });
      if (answer.status === 'unconfirmed') return 'unconfirmed';
      if (answer.status !== 'taken') return 'booked';
      slots = answer.slots;
    }
    return 'not booked';
  } catch (error) {
    if (error instanceof BookingError) return 'not booked';
    throw error;
  } finally {
    await desk.release();
  }
}
