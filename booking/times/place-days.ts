import { AskBack, notUnderstood } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { oneDay, OPEN_DAYS } from './day-spans.ts';
import { joinDays, workdaysWithin } from './join-days.ts';
import type { CalendarDay } from './local-instants.ts';
import { placeDay } from './place-day.ts';
import { sayDay, sayList, saySpan } from './say-days.ts';
import type { Clock, DayAtom, DaySpan, DayWish, WeekdayAtom } from './wish.ts';

/** A limit with a clock time: "before friday at 5" ends in the middle of a day. */
export interface ClockLimit {
  side: 'from' | 'to';
  day: CalendarDay;
  clock: Clock;
}

export interface PlacedDays {
  spans: readonly DaySpan[];
  limits: readonly ClockLimit[];
  words: string;
}

/** All days of an alternative. Throws AskBack where weekday and date disagree. */
export function placeDays(wishes: readonly DayWish[], today: CalendarDay): PlacedDays {
  const bounds = wishes.filter(({ bound }) => bound !== undefined);
  const plain = wishes.filter(({ bound }) => bound === undefined);
  const spans = mergeDays(plain.flatMap((wish) => placeRange(wish, today)));
  if (bounds.length === 0) return { spans, limits: [], words: sayEach(spans, today) };
  return limitDays(spans, bounds, today);
}

function placeRange({ atoms, until }: DayWish, today: CalendarDay): readonly DaySpan[] {
  if (until === undefined) return placeTogether(atoms, today);
  const [start] = placeTogether(shareEnd(atoms, until), today);
  if (start === undefined) throw notUnderstood();
  const last = placeEnd(until, start, today);
  if (last < start.first) throw notUnderstood();
  return [{ first: start.first, last }];
}

/** The end of a range is looked for after its start: "friday to monday", "the 24th to the 2nd". */
function placeEnd(
  ends: readonly DayAtom[],
  { first, last }: DaySpan,
  today: CalendarDay,
): CalendarDay {
  const [only] = ends;
  if (ends.length > 1 || only === undefined || only.sort === 'span')
    return placeTogether(ends, today).at(-1)?.last ?? last;
  if (only.sort === 'weekday')
    return first.plus({ days: (only.weekday - first.weekday + 7) % 7 || 7 });
  return placeDay(only, first > today ? first : today).last;
}

/** "24th to 26th of november", "monday to friday next week": what the end names holds for both. */
function shareEnd(starts: readonly DayAtom[], ends: readonly DayAtom[]): readonly DayAtom[] {
  const [start, more] = starts;
  const [end] = ends;
  if (start === undefined || more !== undefined) return starts;
  if (start.sort === 'monthday' && end?.sort === 'date') return [{ ...end, day: start.day }];
  const stretch = ends.find((atom) => atom.sort === 'span' && atom.span.first < atom.span.last);
  return start.sort === 'weekday' && stretch !== undefined ? [start, stretch] : starts;
}

/**
 * Atoms spoken side by side: joined where they name one thing, kept apart where they do not. A
 * stretch among several weekdays holds for each: "next week, monday, wednesday".
 */
function placeTogether(atoms: readonly DayAtom[], today: CalendarDay): readonly DaySpan[] {
  const weekdays = atoms.filter(({ sort }) => sort === 'weekday');
  const stretch = atoms.find((atom) => atom.sort === 'span' && atom.span.first < atom.span.last);
  if (stretch !== undefined && weekdays.length > 1 && atoms.length === weekdays.length + 1)
    return weekdays.flatMap((weekday) => placeTogether([weekday, stretch], today));
  const joined = atoms.reduce<readonly DayAtom[]>((kept, atom) => {
    const last = kept.at(-1);
    const together = last === undefined ? null : joinDays(last, atom, today);
    return together === null ? [...kept, atom] : [...kept.slice(0, -1), ...together];
  }, []);
  return joined.flatMap((atom) => {
    if (atom.sort === 'workdays')
      return workdaysWithin(placeDay(atom, today), atom).map((day) => placeDay(day, today));
    return atom.sort === 'weekday' ? repeated(atom, today) : [placeDay(atom, today)];
  });
}

/** "Thursdays" are the next two; of "every thursday" only one can be had at a time. */
function repeated(atom: WeekdayAtom, today: CalendarDay): readonly DaySpan[] {
  const { first } = placeDay(atom, today);
  if (atom.repeats === null) return [oneDay(first)];
  const days = [first, first.plus({ weeks: 1 })];
  if (atom.repeats === 'plural') return days.map(oneDay);
  const named = sayList(
    days.map((day) => sayDay(day, today)),
    ', or',
  );
  throw new AskBack({
    reason: 'not-understood',
    question: `Which one do you mean: ${named}?`,
    days,
  });
}

function limitDays(
  spans: readonly DaySpan[],
  bounds: readonly DayWish[],
  today: CalendarDay,
): PlacedDays {
  const stretch = spans.find((span) => span.first < span.last);
  const edges = bounds.map((wish) => edgeOf(wish, stretch, today));
  const from = edges.reduce<CalendarDay | null>((found, edge) => edge.from ?? found, null);
  const to = edges.reduce<CalendarDay | null>((found, edge) => edge.to ?? found, null);
  const limits = edges.flatMap(({ limit }) => limit ?? []);
  if (spans.length > 0) {
    const clipped = spans
      .map(({ first, last }) => ({
        first: from !== null && first < from ? from : first,
        last: to !== null && last > to ? to : last,
      }))
      .filter(({ first, last }) => first <= last);
    if (clipped.length === 0) throw notUnderstood();
    return { spans: clipped, limits, words: sayEach(clipped, today) };
  }
  const words = edges.map((edge) => edge.words).join(' and ');
  const first = from ?? today;
  const last = to ?? (first < today ? today : first).plus({ days: OPEN_DAYS - 1 });
  if (to === null ? first < today : last < today)
    throw new AskBack({
      reason: 'past',
      question: `${words.charAt(0).toUpperCase()}${words.slice(1)} has already passed. Which day would you like?`,
    });
  if (last < first) throw notUnderstood();
  return { spans: [{ first, last }], limits, words };
}

interface Edge {
  from: CalendarDay | null;
  to: CalendarDay | null;
  limit: ClockLimit | null;
  words: string;
}

function edgeOf(
  { atoms, bound = 'by', boundTime }: DayWish,
  stretch: DaySpan | undefined,
  today: CalendarDay,
): Edge {
  const [only, more] = atoms;
  const weekday = stretch !== undefined && more === undefined && only?.sort === 'weekday';
  const [span] = placeTogether(weekday ? [only, { sort: 'span', span: stretch }] : atoms, today);
  if (span === undefined) throw notUnderstood();
  const side = bound === 'after' || bound === 'from' ? 'from' : 'to';
  const clock = clockOf(boundTime, bound);
  const day = side === 'from' ? span.last : span.first;
  const open = {
    after: span.last.plus({ days: 1 }),
    from: span.first,
    before: span.first.minus({ days: 1 }),
    by: span.last,
  }[bound];
  const edge = clock === null ? open : day;
  // A limit is said by the day it ends at, since a week's words hold a "from" of their own.
  const said = bound === 'from' || bound === 'before' ? span.first : span.last;
  return {
    from: side === 'from' ? edge : null,
    to: side === 'to' ? edge : null,
    limit: clock === null ? null : { side, day, clock },
    words: `${bound} ${sayDay(said, today)}`,
  };
}

/** "Before thursday afternoon" is before its noon, "after" it is after its end. */
function clockOf(
  time: DayWish['boundTime'],
  bound: 'after' | 'before' | 'by' | 'from',
): Clock | null {
  if (typeof time !== 'string') return time ?? null;
  const minutes =
    bound === 'before' || bound === 'from' ? DAY_PARTS[time].from : DAY_PARTS[time].to;
  // The night ends with the day, and so does the limit.
  return minutes === 1440
    ? null
    : { hour: Math.floor(minutes / 60), minute: minutes % 60, sure: '24h' };
}

/** Days in a row as one span, so that they are said as one: "Monday … to Friday …". */
function mergeDays(spans: readonly DaySpan[]): readonly DaySpan[] {
  return spans.reduce<readonly DaySpan[]>((merged, span) => {
    const last = merged.at(-1);
    const follows =
      last !== undefined &&
      last.words === undefined &&
      span.words === undefined &&
      span.first.equals(last.last.plus({ days: 1 }));
    if (last?.first.equals(span.first) === true && last.last.equals(span.last)) return merged;
    return follows
      ? [...merged.slice(0, -1), { first: last.first, last: span.last }]
      : [...merged, span];
  }, []);
}

function sayEach(spans: readonly DaySpan[], today: CalendarDay): string {
  return spans.map((span) => saySpan(span, today)).join(' and ');
}
