import { overlaps } from '../../calendar/calendar.ts';
import type { Slot, TimeRange } from '../../calendar/calendar.ts';
import { holdSlots, promisedTimes } from '../offering/holds.ts';
import type { OwnedSlot } from '../offering/offer.ts';
import type { Bookable } from './bookable.ts';

/** A time that may be offered, and how it is booked. */
export interface FreeSlot extends OwnedSlot {
  bookable: Bookable;
}

export interface FreeTimesOptions {
  durationMinutes: number;
  /** What turned out to be taken: a provider may list it as free for a while. */
  lostOf: (bookable: Bookable) => readonly Slot[];
}

/**
 * What may be offered in a range with any of some hosts: free in their calendars, and promised to no
 * other call. Where several are free at one time, the first of them has it. Throws what a calendar
 * throws: of a host whose calendar does not answer, nobody can say that nothing is free.
 */
export async function freeTimes(
  hosts: readonly Bookable[],
  range: TimeRange,
  options: FreeTimesOptions,
): Promise<FreeSlot[]> {
  const lists = await Promise.all(hosts.map((host) => freeTimesOf(host, range, options)));
  const [only, ...others] = lists;
  if (only && others.length === 0) return only;
  const byStart = new Map<number, FreeSlot>();
  for (const slot of lists.flat()) {
    const start = slot.start.getTime();
    if (!byStart.has(start)) byStart.set(start, slot);
  }
  return [...byStart.values()].toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

async function freeTimesOf(
  bookable: Bookable,
  range: TimeRange,
  { durationMinutes, lostOf }: FreeTimesOptions,
): Promise<FreeSlot[]> {
  const [free, promised] = await Promise.all([
    bookable.slots(range, durationMinutes),
    promisedTimes(bookable.ledger, range),
  ]);
  const gone = [...promised, ...lostOf(bookable)];
  return free
    .filter((slot) => !gone.some((other) => overlaps(slot, other)))
    .map((slot) => ({ ...slot, owner: bookable.event, bookable }));
}

/**
 * Holds each time with its host, in the place of what this call held with any of them; answers those that
 * may be offered, in their order.
 */
export async function holdTimes(
  hosts: readonly Bookable[],
  slots: readonly FreeSlot[],
): Promise<FreeSlot[]> {
  const held = await Promise.all(
    hosts.map((host) => {
      const own = slots.filter(({ bookable }) => bookable === host);
      return holdSlots(host.ledger, own);
    }),
  );
  const all = new Set(held.flat());
  return slots.filter((slot) => all.has(slot));
}
