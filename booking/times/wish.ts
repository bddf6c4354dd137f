import type { CalendarDay } from './local-instants.ts';

/** A wall-clock time as it was spoken; `sure` is null where neither a.m. nor p.m. was said. */
export interface Clock {
  hour: number;
  minute: number;
  sure: 'am' | 'pm' | '24h' | null;
  /** "midnight" belongs to the start or to the end of a day: the caller has to say which. */
  midnight?: true;
}

/** A run of days. `words` is how to say it; without it the days are said by their dates. */
export interface DaySpan {
  first: CalendarDay;
  last: CalendarDay;
  words?: string;
  /** The span names a week rather than its days: "tuesday in two weeks". */
  weekOf?: true;
}

export interface WeekdayAtom {
  sort: 'weekday';
  weekday: number;
  which: 'plain' | 'this' | 'next' | 'past';
  weeks: number;
  /** "Thursdays" are several; "every thursday" is one appointment, and which is asked. */
  repeats: 'plural' | 'every' | null;
}

export type DayAtom =
  | WeekdayAtom
  | { sort: 'date'; month: number; day: number; year: number | null }
  | { sort: 'monthday'; day: number }
  | { sort: 'span'; span: DaySpan }
  /** Two readings, about which the caller is asked. */
  | { sort: 'either'; atoms: readonly [DayAtom, DayAtom] }
  /** Monday to Friday, or with `weekend` every Saturday and Sunday. */
  | { sort: 'workdays'; weekend: boolean };

export type DayPart =
  | 'early morning'
  | 'morning'
  | 'late morning'
  | 'lunchtime'
  | 'after lunch'
  | 'early afternoon'
  | 'afternoon'
  | 'late afternoon'
  | 'early evening'
  | 'evening'
  | 'night'
  | 'first thing'
  | 'end of the day';

export type TimeWish =
  | { sort: 'at'; clock: Clock; around: boolean }
  /** From one clock time to another, or open to a side; `isUntil` as below. */
  | { sort: 'limit'; from: Clock | null; to: Clock | null; isUntil?: true }
  /** `beside`: said right beside the day, "thursday afternoon", not "in the afternoon". */
  | { sort: 'part'; part: DayPart; beside: boolean }
  /** The clock time of the appointment talked about last, moved by so many minutes; `implied` by "a week later", where any other time outweighs it. */
  | { sort: 'same'; minutes: number; implied?: true }
  | { sort: 'later' }
  | { sort: 'earlier' }
  /** So many minutes from now, or up to then. */
  | { sort: 'soon' | 'within'; minutes: number }
  /** An instant with an offset of its own. */
  | { sort: 'instant'; at: Date };

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
  timeZone?: string;
  /** 0 for the time before the clocks go back, 1 for the one after. */
  fold?: 0 | 1;
  /** No day is named and none is meant: the soonest, or whichever suits. */
  open: 'soonest' | 'any time' | null;
  /** As late as can be: only the caller can say how late. */
  latest?: true;
  /** The time was said before the day: it holds for the days that follow as well. */
  timesFirst?: true;
}

/** What the caller wants: any of the alternatives, none of the exclusions. */
export interface Wish {
  alternatives: readonly Alternative[];
  exclusions: readonly Alternative[];
}

/** Which of two readings is placed, where words can be read two ways. */
export type Side = 'first' | 'second';

/** A wish with one of the two readings of each day that has two. */
export function takeSide({ alternatives, exclusions }: Wish, side: Side): Wish {
  const one = (atom: DayAtom): DayAtom =>
    atom.sort === 'either' ? atom.atoms[side === 'first' ? 0 : 1] : atom;
  const days = (wish: DayWish): DayWish => ({
    ...wish,
    atoms: wish.atoms.map(one),
    ...(wish.until === undefined ? {} : { until: wish.until.map(one) }),
  });
  const each = (of: Alternative): Alternative => ({ ...of, days: of.days.map(days) });
  return { alternatives: alternatives.map(each), exclusions: exclusions.map(each) };
}

/** Whether one side may differ from the other: an hour that could be either half, or such a day. */
export function isTwofold({ alternatives, exclusions }: Wish): boolean {
  const clock = (one: Clock | null): boolean =>
    one?.midnight === true || (one?.hour === 7 && one.sure === null);
  const time = (one: TimeWish): boolean =>
    one.sort === 'at'
      ? clock(one.clock)
      : one.sort === 'limit' && (clock(one.from) || clock(one.to));
  const day = ({ atoms, until = [], boundTime }: DayWish): boolean =>
    [...atoms, ...until].some(({ sort }) => sort === 'either') ||
    (typeof boundTime === 'object' && clock(boundTime));
  return [...alternatives, ...exclusions].some(
    ({ days, times }) => times.some(time) || days.some(day),
  );
}

export const NOTHING: Alternative = { days: [], times: [], open: null };

export function isEmpty({ days, times, open, latest }: Alternative): boolean {
  return days.length === 0 && times.length === 0 && open === null && latest !== true;
}

/** What the words are read against. */
export interface Reading {
  today: CalendarDay;
  /** Zone of the calendar: "your time". Null where it is not known. */
  calendarTimeZone: string | null;
  /** Date and minutes after midnight of the appointment talked about last. */
  previous: { day: CalendarDay; minutes: number } | null;
}
