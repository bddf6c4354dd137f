import type { Slot, TimeRange } from '../../calendar/calendar.ts';

const DAY = 86_400_000;
/** What callers ask for most; fetched while the greeting is spoken. */
const PREFETCH_DAYS = 28;
/** Older answers are still given at once, and refreshed behind; booking checks the slot anew. */
const FRESH_FOR = 20_000;

interface Window {
  range: TimeRange;
  slots: Promise<Slot[]>;
  /** Milliseconds of the epoch, by the call's clock. */
  fetchedAt: number;
}

/**
 * The free slots of one calendar during one call: fetched ahead, answered from memory, refreshed
 * behind the answer when older than 20 s.
 */
export class Availability {
  readonly #listSlots: (range: TimeRange) => Promise<Slot[]>;
  readonly #now: () => Date;
  #window: Window | null = null;

  constructor(listSlots: (range: TimeRange) => Promise<Slot[]>, now: () => Date) {
    this.#listSlots = listSlots;
    this.#now = now;
  }

  /** Starts fetching the next four weeks; a failure shows when slots are asked for. */
  prefetch(): void {
    const from = this.#now();
    const range = { from, to: new Date(from.getTime() + PREFETCH_DAYS * DAY) };
    const slots = this.#listSlots(range);
    slots.catch(() => {
      this.#window = null;
    });
    this.#window = { range, slots, fetchedAt: from.getTime() };
  }

  /** Forgets what is known, e.g. after a slot turned out to be taken. */
  invalidate(): void {
    this.#window = null;
  }

  /** The free slots that start in the range, none in the past. Throws what the calendar throws. */
  async slots(range: TimeRange): Promise<Slot[]> {
    const now = this.#now();
    const from = range.from < now ? now : range.from;
    if (from >= range.to) return [];
    const known = this.#window;
    if (!known || range.to > known.range.to) {
      return this.#listSlots({ from, to: range.to });
    }
    const slots = await known.slots;
    if (now.getTime() - known.fetchedAt > FRESH_FOR) this.#refresh(known);
    return slots.filter((slot) => slot.start >= from && slot.start < range.to);
  }

  /** Replaces the window once the new answer is there; a failed refresh keeps the old one. */
  #refresh(known: Window): void {
    known.fetchedAt = this.#now().getTime();
    const range = { from: this.#now(), to: known.range.to };
    const slots = this.#listSlots(range);
    const replace = (): void => {
      if (this.#window === known) this.#window = { ...known, slots };
    };
    slots.then(replace, () => {});
  }
}
