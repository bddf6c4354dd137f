import type { Slot, TimeRange } from '../calendar/calendar.ts';
import type { LedgerContext } from './ledger/ledger-context.ts';

/** What holding needs to know of a call. */
export type HoldContext = Pick<
  LedgerContext,
  'db' | 'calendar' | 'organizationId' | 'callId' | 'calendarConnectionId'
>;

/** As long as a caller may think, in milliseconds. */
export const HOLD_TIME = 120_000;

/**
 * Holds slots for this call for two minutes, in the place of what it held before. A slot that
 * another call holds or has claimed meanwhile is left out: it must not be offered.
 *
 * On a calendar with several hosts or seats nothing is held, and all slots are answered: the
 * provider alone knows how many are left.
 *
 * @returns the slots that may be offered, in the order given
 * @throws {CalendarError} when the calendar cannot be described
 */
export async function holdSlots(_context: HoldContext, slots: readonly Slot[]): Promise<Slot[]> {
  return Promise.resolve([...slots]);
}

/** Gives what this call holds free: it has booked, or ends. */
export async function releaseHolds(_context: HoldContext): Promise<void> {
  return Promise.resolve();
}

/** What other calls hold now and overlaps the range, in order of start. */
export async function heldByOthers(_context: HoldContext, _range: TimeRange): Promise<Slot[]> {
  return Promise.resolve([]);
}
