import type { Slot } from '../../calendar/calendar.ts';
import { slotId } from '../offering/slot-id.ts';
import type { Bookable } from './bookable.ts';
import type { ToldText } from './desk-facts.ts';
import { noOffers } from './known-offers.ts';
import type { KnownOffers } from './known-offers.ts';

/** The start and end of a slot, ISO in UTC. */
interface WrittenSlot {
  start: string;
  end: string;
}

/** What `Offers` know, as JSON; events are named by the ids of their bookables. */
export interface OffersState {
  /** `hosts`: with whom it could have been as well. */
  offered: (WrittenSlot & { event: string; hosts: string[]; isGone: boolean })[];
  last: { message: string | null; slots: (WrittenSlot & { event: string })[] } | null;
  chosen: string | null;
  previous: string | null;
  told: ToldText[];
  mentioned: ToldText[];
  hasLooked: boolean;
  /** `left`: milliseconds for which it is kept from being offered. */
  lost: (WrittenSlot & { event: string; left: number })[];
}

/** What is known, to be kept. */
export function writeOffers(known: KnownOffers): OffersState {
  const { offered, gone, last, previous, lost, ...same } = known;
  return {
    ...same,
    offered: [...offered].map(([id, { bookable, slot, hosts }]) => ({
      event: bookable.id,
      hosts: hosts.map((host) => host.id),
      ...writtenSlot(slot),
      isGone: gone.has(id),
    })),
    last: last && {
      message: last.message,
      slots: last.slots.map((slot) => ({ event: slot.bookable.id, ...writtenSlot(slot) })),
    },
    previous: previous?.toISOString() ?? null,
    lost: lost.map(({ bookable, slot, until }) => ({
      event: bookable.id,
      ...writtenSlot(slot),
      left: Math.max(0, until - performance.now()),
    })),
  };
}

/**
 * The same back. What was offered of an event that the agent has no more is not.
 * @param bookableOf by its id
 */
export function readOffers(
  state: OffersState,
  bookableOf: (event: string) => Bookable | undefined,
): KnownOffers {
  const { chosen, told, mentioned, hasLooked } = state;
  const known: KnownOffers = {
    ...noOffers(),
    chosen,
    previous: state.previous === null ? null : new Date(state.previous),
    told: [...told],
    mentioned: [...mentioned],
    hasLooked,
  };
  for (const { event, hosts, isGone, ...written } of state.offered) {
    const bookable = bookableOf(event);
    if (!bookable) continue;
    const slot = readSlot(written);
    const id = slotId(slot, bookable.event);
    known.offered.set(id, {
      bookable,
      slot,
      hosts: hosts.flatMap((host) => bookableOf(host) ?? []),
    });
    if (isGone) known.gone.add(id);
  }
  if (state.last) {
    const slots = state.last.slots.flatMap(({ event, ...written }) => {
      const bookable = bookableOf(event);
      return bookable ? [{ ...readSlot(written), bookable, owner: bookable.event }] : [];
    });
    known.last = { message: state.last.message, slots };
  }
  known.lost = state.lost.flatMap(({ event, left, ...written }) => {
    const bookable = bookableOf(event);
    const until = performance.now() + left;
    return bookable ? [{ bookable, slot: readSlot(written), until }] : [];
  });
  return known;
}

function writtenSlot({ start, end }: Slot): WrittenSlot {
  return { start: start.toISOString(), end: end.toISOString() };
}

function readSlot({ start, end }: WrittenSlot): Slot {
  return { start: new Date(start), end: new Date(end) };
}
