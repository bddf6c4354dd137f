import {
  CalendarConfigurationError,
  CalendarError,
  CalendarSetupError,
} from '../../calendar/calendar-error.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { findBookingEvent } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { claimedAt, settleIntent } from '../../db/intents/intents.ts';
import type { Intent, IntentKey } from '../../db/intents/intents.ts';
import type { Database } from '../../db/database.ts';
import { takeUpIntent } from '../../db/intents/unsettled-intents.ts';
import { reached } from './crash-point.ts';
import type { CrashPoint } from './crash-point.ts';
import { USUAL_DEADLINES, withDeadline } from './deadlines.ts';
import type { Deadlines } from './deadlines.ts';
import { openOperation } from './open-operation.ts';
import type { Finding, Operation } from './operation.ts';
import { confirmIntent, endIntent, refuseIntent } from './settle.ts';
import { USUAL_TIMES } from './settling-times.ts';
import type { ReconcilerTimes } from './settling-times.ts';

/** What the reconciler needs. */
export interface ReconcilerParts {
  db: Database;
  /** @throws {CalendarConfigurationError} */
  openCalendar: (event: BookingEvent) => Promise<Calendar>;
  /** The usual ones unless given. */
  times?: ReconcilerTimes;
  deadlines?: Deadlines;
  onStep?: (name: CrashPoint) => void | Promise<void>;
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
    await settleIntent(parts.db, key, { state: 'refused', reason, from: ['requested'] });
    return 'settled';
  }
  let opened: Calendar | string;
  let judged: { operation: Operation; finding: Finding };
  try {
    opened = await open(parts, intent);
    if (typeof opened === 'string') return await needAttention(parts, intent, opened);
    judged = await judge(parts, opened, intent);
  } catch (error) {
    if (error instanceof CalendarError) return postpone(parts, intent, error, times);
    if (intent.attempts >= LOOKS_IN_VAIN) {
      await needAttention(parts, intent, 'It cannot be looked up: the log of the jobs says why.');
    }
    throw error;
  }
  await reached(parts, 'looked-up');
  return write({ ...parts, calendar: opened }, intent, judged, times);
}

/**
 * The intent's calendar, or why there is none, for the operator. The event may have been given
 * another calendar or event type since: what was written is looked for where it was written.
 */
async function open(parts: ReconcilerParts, intent: Intent): Promise<Calendar | string> {
  const { organizationId, bookingEventId, calendarConnectionId, eventType } = intent;
  const event =
    bookingEventId === null
      ? undefined
      : await findBookingEvent(parts.db, { organizationId, id: bookingEventId });
  if (!event) return 'The booking event that it was made for is gone.';
  try {
    return await parts.openCalendar({ ...event, calendarConnectionId, eventType });
  } catch (error) {
    const isSetUpWrongly =
      error instanceof CalendarConfigurationError || error instanceof CalendarSetupError;
    if (!isSetUpWrongly) throw error;
    return `Its calendar cannot be opened: ${error.message}`;
  }
}

async function judge(
  parts: ReconcilerParts,
  calendar: Calendar,
  intent: Intent,
): Promise<{ operation: Operation; finding: Finding }> {
  const { lookUp } = parts.deadlines ?? USUAL_DEADLINES;
  const description = await withDeadline(calendar.describe(), lookUp);
  const operation = await openOperation({ ...parts, calendar }, intent, description);
  return { operation, finding: await withDeadline(operation.lookUp(), lookUp) };
}

async function write(
  context: ReconcilerParts & { calendar: Calendar },
  intent: Intent & { now: Date },
  { operation, finding }: { operation: Operation; finding: Finding },
  times: ReconcilerTimes,
): Promise<'settled' | 'open'> {
  switch (finding.state) {
    case 'done':
      await confirmIntent(context, intent, operation, finding.booking, 'reconciler');
      return 'settled';
    case 'ended':
      await endIntent(context, intent, operation, finding.booking, 'reconciler');
      return 'settled';
    case 'not-done': {
      const sent = claimedAt(intent) ?? intent.createdAt;
      if (intent.now.getTime() - sent.getTime() < times.absenceProves) {
        const reason = 'The provider does not have it yet; it may still be on its way.';
        await settleIntent(context.db, intent, { state: 'unknown', reason });
        return 'open';
      }
      const reason = 'The provider does not have it, and the time for it to arrive is over.';
      await refuseIntent(context, intent, operation, reason, 'reconciler');
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
  await settleIntent(db, intent, { state: 'unknown', reason });
  return 'open';
}

async function needAttention(
  { db }: Pick<ReconcilerParts, 'db'>,
  intent: Intent,
  reason: string,
): Promise<'attention'> {
  await settleIntent(db, intent, {
    state: 'attention',
    reason: `${reason} Look it up in the calendar, then settle the intent by hand.`,
  });
  return 'attention';
}
