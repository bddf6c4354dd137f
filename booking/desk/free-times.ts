import { overlaps } from '../../calendar/calendar.ts';
import type { Slot, TimeRange } from '../../calendar/calendar.ts';
import { promisedTimes } from '../offering/holds.ts';
import type { Bookable } from './bookable.ts';

/**
 * What may be offered of an event in a range: free in its calendar, and promised to no other call.
 * Throws what the calendar throws.
 *
 * @param lost what turned out to be taken: a provider may list it as free for a while
 */
export async function freeTimes(
  bookable: Bookable,
  range: TimeRange,
  { durationMinutes, lost }: { durationMinutes: number; lost: readonly Slot[] },
): Promise<Slot[]> {
  const [free, promised] = await Promise.all([
    bookable.slots(range, durationMinutes),
    promisedTimes(bookable.ledger, range),
  ]);
  const gone = [...promised, ...lost];
  return free.filter((slot) => !gone.some((other) => overlaps(slot, other)));
}
