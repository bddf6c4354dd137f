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

export type WeekdayChoice = 'plain' | 'this' | 'next' | 'past';

export type DayAtom =
  | { sort: 'weekday'; weekday: number; which: WeekdayChoice; weeks: number; after?: CalendarDay }
  | { sort: 'date'; month: number; day: number; year: number | null }
  | { sort: 'monthday'; day: number }
  | { sort: 'span'; span: DaySpan }
  /** Monday to Friday, or with `weekend` every Saturday and Sunday. */
  | { sort: 'workdays'; weekend?: true };

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
  | { sort: 'between'; from: Clock; to: Clock }
  | { sort: 'after'; clock: Clock }
  | { sort: 'before'; clock: Clock }
  | { sort: 'part'; part: DayPart }
  /** The clock time of the appointment talked about last, moved by so many minutes; `implied` by "a week later", where any other time outweighs it. */
  | { sort: 'same'; minutes: number; implied?: true }
  | { sort: 'later' }
  | { sort: 'earlier' }
  /** So many minutes from now. */
  | { sort: 'soon'; minutes: number };

export type Bound = 'after' | 'before' | 'by' | 'from';

export type Item =
  | { type: 'day'; atom: DayAtom }
  | { type: 'clock'; clock: Clock }
  /** `beside`: said right beside the day, "thursday afternoon", not "in the afternoon". */
  | { type: 'time'; time: TimeWish; beside?: true }
  | { type: 'operator'; operator: Bound | 'between' | 'around' | 'at' }
  | { type: 'or' }
  | { type: 'and' }
  | { type: 'comma' }
  | { type: 'to' }
  /** `ahead` for "except", which never refuses what was said before it. */
  | { type: 'not'; ahead?: true }
  /** "Doesn't work", "are bad": takes back what was said before; `subject` as the verb tells. */
  | { type: 'refused'; subject: 'one' | 'several' | 'any' }
  /** "Is fine": what was said before is settled, no refusal behind it reaches across. */
  | { type: 'accepted' }
  | { type: 'if' }
  | { type: 'but' }
  | { type: 'onwards' }
  | { type: 'or before' }
  | { type: 'soonest' }
  | { type: 'any time' }
  | { type: 'zone'; timeZone: string }
  /** Which of two: the clock shows this time before and after it is set back. */
  | { type: 'fold'; index: 0 | 1 }
  | { type: 'correction' }
  /** A word of time that no rule took: guessing around it would be a lie. */
  | { type: 'odd'; word: string };

/** What the words are read against. */
export interface Reading {
  today: CalendarDay;
  /** Zone of the calendar: "your time". Null where it is not known. */
  calendarTimeZone: string | null;
  /** Date and minutes after midnight of the appointment talked about last. */
  previous: { day: CalendarDay; minutes: number } | null;
}
