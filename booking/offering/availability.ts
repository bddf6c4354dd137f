import type { Slot, TimeRange } from '../../calendar/calendar.ts';

const DAY = 86_400_000;
/** What callers ask for most; fetched while the greeting is spoken. */
const USUAL_DAYS = 28;
/** Older answers are still given at once, and refreshed behind; booking checks the slot anew. */
const FRESH_FOR = 20_000;
/** Ranges remembered at once: a caller who asks about many far weeks does not fill the memory. */
const MOST_WINDOWS = 8;

interface Window {
  range: TimeRange;
  slots: Promise<Slot[]>;
  /** Milliseconds of the epoch, by the call's clock. */
  fetchedAt: number;
}

/**
 * The free slots of one calendar during one call: fetched ahead, answered from memory, refreshed
 * behind the answer when older than 20 s. What is not in memory is fetched once and remembered: the
 * next four weeks as a whole, what lies further as it was asked for.
 */
export class Availability {
  readonly #listSlots: (range: TimeRange) => Promise<Slot[]>;
  readonly #now: () => Date;
  /** Newest first. */
  #windows: Window[] = [];

  constructor(listSlots: (range: TimeRange) => Promise<Slot[]>, now: () => Date) {
    this.#listSlots = listSlots;
    this.#now = now;
  }

  /** Starts fetching the next four weeks; a failure shows when slots are asked for. */
  prefetch(): void {
    this.#fetch(usualRange(this.#now()));
  }

  /** Forgets what is known, e.g. after a slot turned out to be taken; the next question fetches. */
  invalidate(): void {
    this.#windows = [];
  }

  /** The free slots that start in the range, none in the past. Throws what the calendar throws. */
  async slots(range: TimeRange): Promise<Slot[]> {
    const now = this.#now();
    const from = range.from < now ? now : range.from;
    if (from >= range.to) return [];
    const asked = { from, to: range.to };
    const known = this.#windows.find((window) => covers(window.range, asked));
    const usual = usualRange(now);
    const window = known ?? this.#fetch(covers(usual, asked) ? usual : asked);
    const slots = await window.slots;
    if (now.getTime() - window.fetchedAt > FRESH_FOR) this.#refresh(window);
    return slots.filter((slot) => slot.start >= from && slot.start < range.to);
  }

  #fetch(range: TimeRange): Window {
    const slots = this.#listSlots(range);
    const window = { range, slots, fetchedAt: this.#now().getTime() };
    this.#windows = [window, ...this.#windows].slice(0, MOST_WINDOWS);
    // A caller who waits for it gets the failure; the next question asks the calendar again.
    slots.catch(() => {
      this.#windows = this.#windows.filter((other) => other !== window);
    });
    return window;
  }

  /** Replaces what is known once the new answer is there; a failed refresh keeps the old one. */
  #refresh(known: Window): void {
    known.fetchedAt = this.#now().getTime();
    const from = this.#now() > known.range.from ? this.#now() : known.range.from;
    const slots = this.#listSlots({ from, to: known.range.to });
    const replace = (): void => {
      this.#windows = this.#windows.map((window) =>
        window === known ? { ...known, slots } : window,
      );
    };
    slots.then(replace, () => {});
  }
}

function usualRange(from: Date): TimeRange {
  return { from, to: new Date(from.getTime() + USUAL_DAYS * DAY) };
}

function covers(known: TimeRange, asked: TimeRange): boolean {
  return known.from <= asked.from && asked.to <= known.to;
}
