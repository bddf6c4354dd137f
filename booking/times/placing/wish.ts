import type { DayPart } from './day-parts.ts';
import type { DaySpan } from './day-spans.ts';
import type { CalendarDay } from './local-instants.ts';

/** A wall-clock time as it was spoken; `sure` is null where neither a.m. nor p.m. was said. */
export interface Clock {
  hour: number;
  minute: number;
  sure: 'am' | 'pm' | '24h' | null;
  /** "midnight" belongs to the start or to the end of a day: the caller has to say which. */
  midnight?: true;
  /** "Half three": half past three, or to a German half past two. */
  german?: true;
}

export interface WeekdayAtom {
  sort: 'weekday';
  /** 1 is Monday. */
  weekday: number;
  which: 'plain' | 'this' | 'next' | 'past';
  /** Weeks further: "tuesday week" has 1. */
  weeks: number;
  /** "Thursdays" are several; "every thursday" is one appointment, and which is asked. */
  repeats: 'plural' | 'every' | null;
}

export interface DateAtom {
  sort: 'date';
  month: number;
  day: number;
  /** Null where none was said. */
  year: number | null;
}

export type DayAtom =
  | WeekdayAtom
  | DateAtom
  | { sort: 'monthday'; day: number }
  | { sort: 'span'; span: DaySpan }
  /** Two readings, about which the caller is asked. */
  | { sort: 'either'; atoms: readonly [DayAtom, DayAtom] }
  /** Monday to Friday, or with `weekend` every Saturday and Sunday. */
  | { sort: 'workdays'; weekend: boolean };

export type TimeWish =
  | { sort: 'at'; clock: Clock; around: boolean }
  /** From one clock time to another, or open to a side; `isUntil` as below, `isWith`: its end, too. */
  | { sort: 'limit'; from: Clock | null; to: Clock | null; isUntil?: true; isWith?: true }
  | { sort: 'part'; part: DayPart }
  /**
   * Measured by the appointment talked about last: at its clock time moved by so many minutes, or
   * later or earlier than it. `implied` by "a week later", where any other time outweighs it.
   */
  | { sort: 'same'; minutes: number; implied?: true }
  | { sort: 'later' | 'earlier' }
  /** An instant of its own, counted from now or with an offset: then, around it, or up to it. */
  | { sort: 'instant'; at: Date; how: 'at' | 'around' | 'by' };

/** Days spoken together: side by side ("tuesday the 24th"), as a range, or as a limit. */
export interface DayWish {
  atoms: readonly DayAtom[];
  until?: readonly DayAtom[];
  bound?: 'after' | 'before' | 'by' | 'from';
  /** The word was "until": whoever is busy until then is free after it. */
  isUntil?: true;
  /** The time of a limit: "before friday at 5", "from thursday afternoon". */
  boundTime?: Clock | DayPart;
}

export interface Alternative {
  days: readonly DayWish[];
  times: readonly TimeWish[];
  /** IANA; null where none was said: the caller's then. */
  timeZone: string | null;
  /** 0 for the time before the clocks go back, 1 for the one after. */
  fold: 0 | 1 | null;
  /** No day is named and none is meant: the soonest, or whichever suits. */
  open: 'soonest' | 'any time' | null;
  /** As late as can be: only the caller can say how late. */
  latest: boolean;
  /** The time was said before the day: it holds for the days that follow as well. */
  timesFirst: boolean;
}

export const NOTHING: Alternative = {
  days: [],
  times: [],
  timeZone: null,
  fold: null,
  open: null,
  latest: false,
  timesFirst: false,
};

export function isEmpty({ days, times, open, latest }: Alternative): boolean {
  return days.length === 0 && times.length === 0 && open === null && !latest;
}

/** What the caller wants: any of the alternatives, none of the exclusions. */
export interface Wish {
  alternatives: readonly Alternative[];
  exclusions: readonly Alternative[];
}

/** What the words are read against. */
export interface Reading {
  now: Date;
  /** IANA: the caller's, or the one that an alternative names. */
  timeZone: string;
  /** Where the caller is. */
  today: CalendarDay;
  /** Zone of the calendar: "your time". Null where it is not known. */
  calendarTimeZone: string | null;
  /** Date and minutes after midnight of the appointment talked about last. */
  previous: { day: CalendarDay; minutes: number } | null;
  /** Which of two readings is placed, where words can be read two ways. */
  side: 0 | 1;
}
