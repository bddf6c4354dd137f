import type { Slot } from '../../calendar/calendar.ts';
import type { ToldText } from './desk-facts.ts';

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

/** As JSON. */
export function writtenSlot({ start, end }: Slot): WrittenSlot {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** The same back. */
export function readSlot({ start, end }: WrittenSlot): Slot {
  return { start: new Date(start), end: new Date(end) };
}
