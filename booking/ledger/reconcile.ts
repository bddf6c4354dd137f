import {
  CalendarError,
  CalendarSetupError,
  isSetUpWrongly,
} from '../../calendar/calendar-error.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { findLedgerAppointment } from '../../db/appointments/appointments.ts';
import { findBookingEvent } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { claimedAt } from '../../db/intents/intents.ts';
import { takeUpIntent, writeIntentState } from '../../db/intents/intent-states.ts';
import type { Intent, IntentKey } from '../../db/intents/intents.ts';
import type { LookTimes } from '../../db/intents/intent-states.ts';
import { bookedIn } from '../hosted-events.ts';
import { BookIntent } from './book-intent.ts';
import { CancelIntent } from './cancel-intent.ts';
import { reached } from './crash-point.ts';
import { answeredInTime, USUAL_DEADLINES } from './ledger-context.ts';
import type { IntentContext } from './ledger-context.ts';
import type { LedgerIntent } from './ledger-intent.ts';
import { openMove } from './move-intent.ts';
import {
  confirmIntent,
  endIntent,
  GAVE_WAY,
  refuseIntent,
  writeAsItStands,
} from './write-outcome.ts';

/** Milliseconds. */
export interface ReconcilerTimes extends LookTimes {
  /**
   * How long after an intent's claim its booking's absence at the provider proves that the write
   * was never made: longer than a call may wait before it sends (3 s), an adapter's deadline for a
   * write and what a slow provider may still take for a request that has reached it.
   */
  absenceProves: number;
  /** After that long without an answer an operator is asked. */
  giveUp: number;
}

/**
 * An outcome is known within about ten seconds of the provider's return, or, where the write was
 * sent just before, thirty seconds after that.
 */
export const USUAL_TIMES: ReconcilerTimes = {
  // Longer than a call's own deadlines for a write and a look-up together.
  grace: 25_000,
  // A caller who is still there hears it from the call: the mail would say that we could not tell them.
  firstLook: USUAL_DEADLINES.lookUp + 2_000,
  firstPause: 1_000,
  longestPause: 10_000,
  attentionPause: 600_000,
  absenceProves: 25_000,
  giveUp: 24 * 3_600_000,
};

type LookedUp = Awaited<ReturnType<LedgerIntent['lookUpAndFinish']>>;

/** What the reconciler needs. */
export interface ReconcilerParts extends Omit<IntentContext, 'calendar'> {
  /** @throws {CalendarConfigurationError} */
  openCalendar: (event: BookingEvent) => Promise<Calendar>;
  /** The usual ones unless given. */
  times?: ReconcilerTimes;
}

/** With a refused key, a calendar that is set up wrongly or a fault of ours, only people can help. */
const LOOKS_IN_VAIN = 10;

/**
 * Finds out how an intent ended whose call does not know, or is dead, and writes it down with a
 * message to the attendee. Several processes may try at once.
 *
 * The provider decides: a booking that it has is confirmed; one that it does not have, some time
 * after the write can last have been sent, was never made. While it does not answer, nothing is
 * decided.
 *
 * @returns the state it came to; `open` when it must be looked at again, null when there was
 * nothing to do
 */
export async function reconcileIntent(
  parts: ReconcilerParts,
  key: IntentKey,
): Promise<'settled' | 'open' | 'attention' | null> {
  const times = parts.times ?? USUAL_TIMES;
  const intent = await takeUpIntent(parts.db, key, times);
  if (!intent) return null;
  await reached(parts, 'taken-up');
  if (intent.state === 'requested') {
    // Without a claim nothing was sent: the call died, or its caller was gone before.
    const reason = 'The call ended before the time was claimed.';
    await writeIntentState(parts.db, key, { state: 'refused', reason, from: ['requested'] });
    return 'settled';
  }
  try {
    const calendar = await openCalendarOf(parts, intent);
    if (typeof calendar === 'string') return await needAttention(parts, intent, calendar);
    const opened = await openIntent({ ...parts, calendar }, intent);
    const verdict = await opened.lookUpAndFinish();
    await reached(parts, 'looked-up');
    return await write(opened, verdict, { now: intent.now, times });
  } catch (error) {
    if (error instanceof CalendarError) return postpone(parts, intent, error, times);
    if (intent.attempts >= LOOKS_IN_VAIN) {
      // What was read may be what cannot be written.
      const reason = 'It cannot be looked up or written down: the log of the jobs says why.';
      await needAttention(parts, intent, reason);
    }
    throw error;
  }
}

/**
 * The intent's calendar, or why there is none, for the operator. The event may have been given
 * another calendar or event type since: what was written is looked for where it was written.
 */
async function openCalendarOf(parts: ReconcilerParts, intent: Intent): Promise<Calendar | string> {
  const { organizationId, bookingEventId, calendarConnectionId, eventType } = intent;
  const event =
    bookingEventId === null
      ? undefined
      : await findBookingEvent(parts.db, { organizationId, id: bookingEventId });
  if (!event) return 'The booking event that it was made for is gone.';
  try {
    return await parts.openCalendar(bookedIn(event, { calendarConnectionId, eventType }));
  } catch (error) {
    if (!isSetUpWrongly(error)) throw error;
    return `Its calendar cannot be opened: ${error.message}`;
  }
}

/** An intent from its row alone: the call that wrote it may be gone. */
async function openIntent(context: IntentContext, row: Intent): Promise<LedgerIntent> {
  const description = await answeredInTime(context, context.calendar.describe());
  if (row.kind === 'book') return new BookIntent(context, row, description);
  const { organizationId, appointmentId } = row;
  const appointment =
    appointmentId === null
      ? undefined
      : await findLedgerAppointment(context.db, { organizationId, id: appointmentId });
  if (!appointment) throw new Error(`The intent ${row.id} names no appointment.`);
  return row.kind === 'cancel'
    ? new CancelIntent(context, row, appointment, description)
    : openMove(context, row, appointment, description);
}

async function write(
  intent: LedgerIntent,
  verdict: LookedUp,
  { now, times }: { now: Date; times: ReconcilerTimes },
): Promise<'settled' | 'open' | 'attention'> {
  const { context, row } = intent;
  const mayBeOnItsWay = () => {
    const sent = claimedAt(row) ?? row.createdAt;
    return now.getTime() - sent.getTime() < times.absenceProves;
  };
  switch (verdict.state) {
    case 'done':
      await confirmIntent(intent, verdict.booking, 'reconciler');
      return 'settled';
    case 'ended':
      await endIntent(intent, verdict.booking, 'reconciler');
      return 'settled';
    case 'gave-way':
      await refuseIntent(intent, GAVE_WAY, 'reconciler');
      return 'settled';
    case 'differs': {
      const { booking, difference } = verdict;
      // What was sent may still come to be, and the answer with it.
      if (mayBeOnItsWay()) {
        await writeIntentState(context.db, row, { state: 'unknown', reason: difference });
        return 'open';
      }
      if (!intent.canDiffer) return needAttention(context, row, difference);
      await writeAsItStands(intent, booking, difference);
      return 'settled';
    }
    case 'not-done': {
      if (mayBeOnItsWay()) {
        const reason = 'The provider does not have it yet; it may still be on its way.';
        await writeIntentState(context.db, row, { state: 'unknown', reason });
        return 'open';
      }
      const reason = 'The provider does not have it, and the time for it to arrive is over.';
      await refuseIntent(intent, reason, 'reconciler');
      return 'settled';
    }
  }
}

async function postpone(
  { db }: ReconcilerParts,
  intent: Intent & { now: Date },
  error: CalendarError,
  times: ReconcilerTimes,
): Promise<'open' | 'attention'> {
  const reason = `${error.name}: ${error.message}`;
  const age = intent.now.getTime() - intent.createdAt.getTime();
  if (
    age > times.giveUp ||
    (error instanceof CalendarSetupError && intent.attempts >= LOOKS_IN_VAIN)
  ) {
    return needAttention({ db }, intent, `The calendar does not say how it ended. ${reason}`);
  }
  await writeIntentState(db, intent, { state: 'unknown', reason });
  return 'open';
}

async function needAttention(
  { db }: Pick<ReconcilerParts, 'db'>,
  intent: Intent,
  reason: string,
): Promise<'attention'> {
  await writeIntentState(db, intent, {
    state: 'attention',
    reason: `${reason} Look it up in the calendar, then settle the intent by hand.`,
  });
  return 'attention';
}
