import { AskBack, notUnderstood } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { OPEN_DAYS } from './day-spans.ts';
import type { DayWish } from './wish.ts';
import { sayDay, saySpan } from './say-days.ts';
import { joinDays, settleDay, workdaysWithin } from './settle-days.ts';
import type { CalendarDay } from './local-instants.ts';
import type { Bound, Clock, DayAtom, DayPart, DaySpan } from './items.ts';

/** A limit with a clock time: "before friday at 5" ends in the middle of a day. */
export interface ClockLimit {
  side: 'from' | 'to';
  day: CalendarDay;
  clock: Clock;
}

export interface SettledDays {
  spans: DaySpan[];
  limits: ClockLimit[];
  words: string;
}

/** All days of an alternative. Throws AskBack where weekday and date disagree. */
export function settleDayWishes(wishes: readonly DayWish[], today: CalendarDay): SettledDays {
  const plain = wishes.filter(({ bound }) => bound === undefined);
  const bounds = wishes.filter(({ bound }) => bound !== undefined);
  const spans = mergeDays(plain.flatMap((wish) => settleRange(wish, today)));
  if (bounds.length === 0) return { spans, limits: [], words: sayEach(spans, today) };
  return limitDays(spans, bounds, today);
}

function settleRange(wish: DayWish, today: CalendarDay): DaySpan[] {
  if (wish.until === undefined) return settleTogether(wish.atoms, today);
  const { starts, ends } = shareMonth(wish.atoms, wish.until);
  const [start] = settleTogether(starts, today);
  if (start === undefined) throw notUnderstood();
  const end = settleEnd(ends, start, today);
  if (end < start.first) throw notUnderstood();
  return [{ first: start.first, last: end }];
}

/** The end of a range is looked for after its start: "friday to monday", "the 24th to the 2nd". */
function settleEnd(ends: readonly DayAtom[], start: DaySpan, today: CalendarDay): CalendarDay {
  const [only] = ends;
  if (ends.length === 1 && only?.sort === 'weekday') {
    return start.first.plus({ days: (only.weekday - start.first.weekday + 7) % 7 || 7 });
  }
  if (ends.length === 1 && only !== undefined && only.sort !== 'span') {
    return settleDay(only, start.first > today ? start.first : today).last;
  }
  return settleTogether(ends, today).at(-1)?.last ?? start.last;
}

/** "24th to 26th of november", "monday to friday next week": what the end names holds for both. */
function shareMonth(
  starts: readonly DayAtom[],
  ends: readonly DayAtom[],
): { starts: readonly DayAtom[]; ends: readonly DayAtom[] } {
  const [start] = starts;
  const [end] = ends;
  if (starts.length !== 1 || start === undefined || end === undefined) return { starts, ends };
  if (start.sort === 'monthday' && end.sort === 'date') {
    return { starts: [{ ...end, day: start.day }], ends };
  }
  const stretch = ends.find((atom) => atom.sort === 'span' && atom.span.first < atom.span.last);
  if (start.sort === 'weekday' && stretch !== undefined) return { starts: [start, stretch], ends };
  return { starts, ends };
}

/** Atoms spoken side by side: joined where they name one thing, kept apart where they do not. */
function settleTogether(atoms: readonly DayAtom[], today: CalendarDay): DaySpan[] {
  const kept: DayAtom[] = [];
  for (const atom of atoms) {
    const last = kept.at(-1);
    const joined = last === undefined ? null : joinDays(last, atom, today);
    if (joined !== null) kept.pop();
    kept.push(...(joined ?? [atom]));
  }
  return kept.flatMap((atom) =>
    atom.sort === 'workdays'
      ? workdaysWithin(settleDay(atom, today), atom).map((day) => settleDay(day, today))
      : [settleDay(atom, today)],
  );
}

function limitDays(spans: DaySpan[], bounds: readonly DayWish[], today: CalendarDay): SettledDays {
  let from: CalendarDay | null = null;
  let to: CalendarDay | null = null;
  const limits: ClockLimit[] = [];
  const words: string[] = [];
  const stretch = spans.find((span) => span.first < span.last);
  for (const { atoms, bound, boundClock: clock, boundPart } of bounds) {
    const boundClock = clock ?? endOfPart(bound, boundPart);
    const [only] = atoms;
    const within: DayAtom[] =
      stretch !== undefined && atoms.length === 1 && only?.sort === 'weekday'
        ? [only, { sort: 'span', span: stretch }]
        : atoms;
    const [span] = settleTogether(within, today);
    if (span === undefined) throw notUnderstood();
    const starts = bound === 'after' || bound === 'from';
    if (boundClock !== undefined) {
      limits.push({
        side: starts ? 'from' : 'to',
        day: starts ? span.last : span.first,
        clock: boundClock,
      });
      if (starts) from = span.last;
      else to = span.first;
    } else if (bound === 'after') from = span.last.plus({ days: 1 });
    else if (bound === 'from') from = span.first;
    else to = bound === 'before' ? span.first.minus({ days: 1 }) : span.last;
    // A limit is said by the day it ends at, since a week's words hold a "from" of their own.
    const edge = bound === 'from' || bound === 'before' ? span.first : span.last;
    words.push(`${bound} ${sayDay(edge, today)}`);
  }
  if (spans.length > 0) {
    const clipped = spans
      .map((span) => ({
        first: from !== null && span.first < from ? from : span.first,
        last: to !== null && span.last > to ? to : span.last,
      }))
      .filter(({ first, last }) => first <= last);
    if (clipped.length === 0) throw notUnderstood();
    return { spans: clipped, limits, words: sayEach(clipped, today) };
  }
  const first = from ?? today;
  const last = to ?? (first < today ? today : first).plus({ days: OPEN_DAYS - 1 });
  if (to !== null && last < today) {
    throw new AskBack({
      reason: 'past',
      question: `${capitalised(words.join(' and '))} has already passed. Which day would you like?`,
    });
  }
  if (last < first) throw notUnderstood();
  return { spans: [{ first, last }], limits, words: words.join(' and ') };
}

/** "Before thursday afternoon" is before its noon, "after" it is after its end. */
function endOfPart(bound: Bound | undefined, part: DayPart | undefined): Clock | undefined {
  if (part === undefined) return undefined;
  const outer = bound === 'before' || bound === 'from';
  const minutes = outer ? DAY_PARTS[part].from : DAY_PARTS[part].to;
  // The night ends with the day, and so does the limit.
  if (minutes === 1440) return undefined;
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, sure: '24h' };
}

/** Days in a row as one span, so that they are said as one: "Monday … to Friday …". */
function mergeDays(spans: readonly DaySpan[]): DaySpan[] {
  const merged: DaySpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    const follows = last !== undefined && span.first.equals(last.last.plus({ days: 1 }));
    if (follows && last.words === undefined && span.words === undefined) {
      merged[merged.length - 1] = { first: last.first, last: span.last };
    } else {
      merged.push(span);
    }
  }
  return merged;
}

function sayEach(spans: readonly DaySpan[], today: CalendarDay): string {
  const said = spans.map((span) =>
    span.first.equals(span.last) && span.words === undefined
      ? sayDay(span.first, today)
      : saySpan(span, today),
  );
  return said.join(' and ');
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
