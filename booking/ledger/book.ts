import { CalendarError } from '../../calendar/calendar-error.ts';
import { bookOperation } from './book-operation.ts';
import type { LedgerContext, LedgerEntry, LedgerOutcome } from './ledger-context.ts';
import { requestIntentOfCall } from './request-intent.ts';
import { runIntent } from './run-intent.ts';

/**
 * Books through the ledger: the intent is written, its slot claimed, then the provider asked, then
 * the outcome written. One call, one slot, one attendee: one booking, however often it is asked for.
 */
export async function bookThroughLedger(
  context: LedgerContext,
  { slot, attendee, notes, answers }: LedgerEntry,
): Promise<LedgerOutcome> {
  let description;
  try {
    description = await context.calendar.describe();
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
  const intent = await requestIntentOfCall(context, identity, {
    kind: 'book',
    startAt: slot.start,
    endAt: slot.end,
    attendee,
    appointmentId: null,
    notes,
    answers,
    exclusive: description.exclusive,
  });
  return runIntent(context, intent, bookOperation(context, intent, description));
}
