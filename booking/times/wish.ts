import type { Bound, Clock, DayAtom, DayPart, TimeWish } from './items.ts';

/** Days spoken together: side by side ("tuesday the 24th"), as a range, or as a limit. */
export interface DayWish {
  atoms: DayAtom[];
  until?: DayAtom[];
  bound?: Bound;
  /** The clock time of a limit: "before friday at 5". */
  boundClock?: Clock;
  /** The part of the day of a limit: "from thursday afternoon". */
  boundPart?: DayPart;
}

export interface Alternative {
  days: DayWish[];
  times: TimeWish[];
  timeZone?: string;
  /** 0 for the time before the clocks go back, 1 for the one after. */
  fold?: 0 | 1;
  /** No day is named and none is meant: the soonest, or whichever suits. */
  open: 'soonest' | 'any time' | null;
  /** The time was said before the day: it holds for the days that follow as well. */
  timesFirst?: true;
}

/** What the caller wants: any of the alternatives, none of the exclusions. */
export interface Wish {
  alternatives: Alternative[];
  exclusions: Alternative[];
}

export function emptyAlternative(): Alternative {
  return { days: [], times: [], open: null };
}

export function isEmpty({ days, times, open }: Alternative): boolean {
  return days.length === 0 && times.length === 0 && open === null;
}
