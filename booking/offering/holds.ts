import type { Slot, TimeRange } from '../../calendar/calendar.ts';
import { deleteHolds, insertHold, listRefusedTimes } from '../../db/calendars/slot-holds.ts';
import { WHOLE_CALENDAR } from '../../db/intents/intents.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import { deadlinesOf } from '../ledger/ledger-context.ts';
import type { LedgerContext } from '../ledger/ledger-context.ts';

/** What holding needs to know of a call. */
export type HoldContext = Pick<
  LedgerContext,
  | 'db'
  | 'calendar'
  | 'deadlines'
  | 'organizationId'
  | 'callId'
  | 'calendarConnectionId'
  | 'busyCalendars'
>;

/** As long as a caller may think, in milliseconds. */
export const HOLD_TIME = 120_000;

/**
 * Holds slots for this call for two minutes, in the place of what it held before. A slot that
 * another call holds or is booking is left out: it must not be offered.
 *
 * On a calendar with several hosts or seats nothing is held, and all slots are answered: the
 * provider alone knows how many are left.
 *
 * @returns the slots that may be offered, in the order given
 * @throws {CalendarError} when the calendar cannot be described
 */
export async function holdSlots<S extends Slot>(
  context: HoldContext,
  slots: readonly S[],
): Promise<S[]> {
  const { exclusive } = await context.calendar.describe();
  if (!exclusive) return [...slots];
  const key = keyOf(context);
  const times = { hold: HOLD_TIME, believe: deadlinesOf(context).believeRival };
  return context.db.transaction().execute(async (transaction) => {
    await takeLock(transaction, LOCKS.calendar(key.calendarConnectionId));
    await deleteHolds(transaction, key);
    const held: S[] = [];
    for (const slot of slots) {
      const time = { startAt: slot.start, endAt: slot.end };
      if (await insertHold(transaction, key, time, times)) held.push(slot);
    }
    return held;
  });
}

/** Gives what this call holds free: it has booked, or ends. */
export async function releaseHolds(context: HoldContext): Promise<void> {
  await deleteHolds(context.db, keyOf(context));
}

/** What other calls hold, and what has just been claimed, and overlaps the range, in order of start. */
export async function promisedTimes(context: HoldContext, range: TimeRange): Promise<Slot[]> {
  const time = { startAt: range.from, endAt: range.to };
  const { believeRival } = deadlinesOf(context);
  const { busyCalendars } = context;
  const key = { ...keyOf(context), busyCalendars };
  const held = await listRefusedTimes(context.db, key, time, believeRival);
  return held.map(({ startAt, endAt }) => ({ start: startAt, end: endAt }));
}

function keyOf({ organizationId, calendarConnectionId, callId }: HoldContext) {
  return { organizationId, calendarConnectionId, callId, resource: WHOLE_CALENDAR };
}
