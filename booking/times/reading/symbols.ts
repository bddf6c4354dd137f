import type { DayPart } from '../placing/day-parts.ts';
import type { DaySpan, Unit } from '../placing/day-spans.ts';
import { compile, type Match, type Rules } from './grammar.ts';
import type { Item } from './items.ts';
import type { CalendarDay } from '../placing/local-instants.ts';
import type { Clock, DayAtom, DayWish } from '../placing/wish.ts';

/** What each symbol of the grammar means. */
export interface Symbols {
  /** A word that tells no time. */
  word: string;
  n: number;
  nth: number;
  ordinal: number;
  year: number;
  weekday: number;
  weekdays: number;
  month: number;
  unit: Unit;
  /** Hours or minutes, in minutes. */
  minutes: number;
  date: DayAtom;
  /** "14:30", "1430". */
  written: Clock;
  instant: Date;
  half: 'am' | 'pm';
  /** A number of figures one after another, as of a telephone. */
  figures: string;
  /** 1 to 5, or -1 for the last, -2 for the last but one. */
  place: number;
  /** How many, at the least and at the most: "a few" are two to five. */
  amount: { least: number; most: number };
  /** Minutes. */
  duration: number;
  /** "Next month", "december": `moves` where the one after it is meant once its time has passed. */
  period: { unit: Unit; span: DaySpan; moves: boolean };
  holiday: (year: number) => CalendarDay;
  day: DayAtom;
  /** Days side by side. */
  group: readonly DayAtom[];
  /** An hour that minutes are told from. */
  hour: Clock;
  clock: Clock;
  /** A clock time, or a bare number where only an hour can stand. */
  moment: Clock;
  /** What a limit limits: a clock time or days; a `point` may be days with a time. */
  bare: { clock: Clock } | Pick<DayWish, 'atoms' | 'boundTime'>;
  point: Symbols['bare'];
  part: DayPart;
  eod: string;
  /** The caller, or somebody of theirs, as the subject of a sentence. */
  who: string;
  /** A verb that neither asks nor wishes: "land", "teach". */
  deed: string;
  adverb: string;
  very: string;
  works: string;
  good: string;
  bad: string;
  item: readonly Item[];
}

export type TimeMatch = Match<Symbols>;

export function rules<Value>(
  table: Readonly<Record<string, Value | ((match: TimeMatch) => Value | null)>>,
): Rules<Symbols, Value> {
  return compile(table);
}
