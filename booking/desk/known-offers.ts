import { overlaps } from '../../calendar/calendar.ts';
import type { Slot } from '../../calendar/calendar.ts';
import type { Bookable } from './bookable.ts';
import type { DeskFacts, ToldText } from './desk-facts.ts';
import type { FreeSlot } from './free-times.ts';

export interface OfferedTime {
  bookable: Bookable;
  slot: Slot;
  /** With whom it could have been as well: all that the caller's wish allows. */
  hosts: readonly Bookable[];
}

/** What was offered and answered in one call so far. */
export interface KnownOffers {
  /** Every slot offered in this call, by id. */
  offered: Map<string, OfferedTime>;
  /** Those of them that turned out to be taken, and were not offered again since. */
  gone: Set<string>;
  last: { message: string | null; slots: FreeSlot[] } | null;
  /** The caller's choice among the times offered last. */
  chosen: string | null;
  previous: Date | null;
  told: ToldText[];
  mentioned: ToldText[];
  hasLooked: boolean;
  /** What turned out to be taken: a provider may list it as free for a while. */
  lost: { bookable: Bookable; slot: Slot; until: number }[];
}

/** Of a call that begins. */
export function noOffers(): KnownOffers {
  return {
    offered: new Map(),
    gone: new Set(),
    last: null,
    chosen: null,
    previous: null,
    told: [],
    mentioned: [],
    hasLooked: false,
    lost: [],
  };
}

/** What is true of free times in one call. */
export type OfferFacts = Pick<
  DeskFacts,
  'offered' | 'lost' | 'ends' | 'told' | 'mentioned' | 'hasLooked'
>;

export function factsOf(known: KnownOffers): OfferFacts {
  const { gone, told, mentioned, hasLooked } = known;
  const all = [...known.offered];
  const slots = all.flatMap(([id, { slot }]) => (gone.has(id) ? [] : [slot]));
  const lost = all.flatMap(([id, { slot }]) => (gone.has(id) ? [slot] : []));
  return {
    offered: slots.map(({ start }) => start),
    lost: lost.map(({ start }) => start),
    ends: slots.map(({ end }) => end),
    told,
    mentioned,
    hasLooked,
  };
}

/**
 * The slot that was offered in this call with that start, of the times offered last before others;
 * undefined where none was, or it is lost.
 */
export function offeredAt(
  { offered, gone, last }: KnownOffers,
  start: Date,
  isMeant: (bookable: Bookable) => boolean,
): { slotId: string; slot: Slot } | undefined {
  const found = [...offered].filter(
    ([id, { bookable, slot }]) =>
      slot.start.getTime() === start.getTime() && !gone.has(id) && isMeant(bookable),
  );
  const isLast = ({ bookable, slot }: OfferedTime): boolean =>
    last?.slots.some(
      (other) => other.bookable === bookable && other.end.getTime() === slot.end.getTime(),
    ) === true;
  const [id, one] = found.find(([, each]) => isLast(each)) ?? found.at(-1) ?? [];
  return id === undefined || !one ? undefined : { slotId: id, slot: one.slot };
}

/**
 * Takes off what is taken, whether or not anything else can be found.
 * @param message what the caller is told of it
 */
export function dropTaken(
  known: KnownOffers,
  taken: Pick<OfferedTime, 'bookable' | 'slot'>,
  message: string,
): void {
  const isGone = ({ bookable, slot }: Pick<OfferedTime, 'bookable' | 'slot'>): boolean =>
    isSameCalendar(bookable, taken.bookable) && overlaps(slot, taken.slot);
  for (const [id, offered] of known.offered) if (isGone(offered)) known.gone.add(id);
  known.chosen = null;
  if (!known.last) return;
  const slots = known.last.slots.filter((slot) => !isGone({ bookable: slot.bookable, slot }));
  known.last = { message, slots };
}

/** What turned out to be taken a short while ago in the calendar of a bookable. */
export function lostTimes(known: KnownOffers, bookable: Bookable): Slot[] {
  known.lost = known.lost.filter(({ until }) => until > performance.now());
  return known.lost
    .filter((lost) => isSameCalendar(lost.bookable, bookable))
    .map(({ slot }) => slot);
}

function isSameCalendar(one: Bookable, other: Bookable): boolean {
  return one.ledger.calendarConnectionId === other.ledger.calendarConnectionId;
}
