import { AskBack, notUnderstood } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { isStretch, oneDay, openFrom, type DaySpan } from './day-spans.ts';
import { joinDays, workdaysWithin } from './join-days.ts';
import type { CalendarDay } from './local-instants.ts';
import { placeDay } from './place-day.ts';
import { minutesOf } from './place-times.ts';
import { asSentence, sayDay, sayDays, saySpan } from './say-days.ts';
import type { DayAtom, DayWish, Reading } from './wish.ts';

/** The first or last day that is wanted; with minutes, the day in whose midst the limit is. */
export interface Limit {
  side: 'from' | 'to';
  day: CalendarDay;
  minutes: number | null;
  words: string;
}

export interface PlacedDays {
  spans: readonly DaySpan[];
  limits: readonly Limit[];
  words: string;
}

/** All days of an alternative. Throws AskBack where weekday and date disagree. */
export function placeDays(wishes: readonly DayWish[], reading: Reading): PlacedDays {
  const { today } = reading;
  const plain = wishes.filter(({ bound }) => bound === undefined);
  const spans = inRow(plain.flatMap((wish) => placeRange(wish, reading)));
  const limits = wishes.flatMap((wish) => placeLimit(wish, spans.find(isStretch), reading) ?? []);
  if (limits.length === 0) return { spans, limits, words: sayEach(spans, reading) };
  const from = limits.findLast(({ side }) => side === 'from')?.day;
  const to = limits.findLast(({ side }) => side === 'to')?.day;
  if (spans.length > 0) {
    const left = spans
      .map(({ first, last }) => ({
        first: from !== undefined && first < from ? from : first,
        last: to !== undefined && last > to ? to : last,
      }))
      .filter(({ first, last }) => first <= last);
    if (left.length === 0) throw notUnderstood();
    return { spans: left, limits, words: sayEach(left, reading) };
  }
  const words = limits.map((limit) => limit.words).join(' and ');
  if ((to ?? from ?? today) < today)
    throw new AskBack({
      reason: 'past',
      question: `${asSentence(words)} has already passed. Which day would you like?`,
    });
  const first = from ?? today;
  const last = to ?? openFrom(first).last;
  if (last < first) throw notUnderstood();
  return { spans: [{ first, last }], limits, words };
}

function placeRange({ atoms, until }: DayWish, reading: Reading): readonly DaySpan[] {
  if (until === undefined) return placeTogether(atoms, reading);
  const [start] = placeTogether(shareEnd(atoms, until), reading);
  const last = start === undefined ? undefined : placeEnd(until, start, reading);
  if (start === undefined || last === undefined || last < start.first) throw notUnderstood();
  return [{ first: start.first, last }];
}

/** The end of a range is looked for after its start: "friday to monday", "the 24th to the 2nd". */
function placeEnd(ends: readonly DayAtom[], { first }: DaySpan, reading: Reading) {
  const [only, more] = ends;
  if (more !== undefined || only === undefined || only.sort === 'span')
    return placeTogether(ends, reading).at(-1)?.last;
  if (only.sort === 'weekday')
    return first.plus({ days: (only.weekday - first.weekday + 7) % 7 || 7 });
  const { today } = reading;
  return placeDay(only, { ...reading, today: first > today ? first : today }).last;
}

/** "24th to 26th of november", "monday to friday next week": what the end names holds for both. */
function shareEnd(starts: readonly DayAtom[], ends: readonly DayAtom[]): readonly DayAtom[] {
  const [start, more] = starts;
  const [end] = ends;
  if (start === undefined || more !== undefined) return starts;
  if (start.sort === 'monthday' && end?.sort === 'date') return [{ ...end, day: start.day }];
  const stretch = ends.find((atom) => atom.sort === 'span' && isStretch(atom.span));
  return start.sort === 'weekday' && stretch !== undefined ? [start, stretch] : starts;
}

/**
 * Atoms spoken side by side: joined where they name one thing, kept apart where they do not. A
 * stretch among several weekdays holds for each: "next week, monday, wednesday".
 */
function placeTogether(said: readonly DayAtom[], reading: Reading): readonly DaySpan[] {
  const atoms = said.map((atom) => (atom.sort === 'either' ? atom.atoms[reading.side] : atom));
  const weekdays = atoms.filter(({ sort }) => sort === 'weekday');
  const stretch = atoms.find((atom) => atom.sort === 'span' && isStretch(atom.span));
  if (stretch !== undefined && weekdays.length > 1 && atoms.length === weekdays.length + 1)
    return weekdays.flatMap((weekday) => placeTogether([weekday, stretch], reading));
  const joined = atoms.reduce<readonly DayAtom[]>((kept, atom) => {
    const last = kept.at(-1);
    const spans = last === undefined ? null : joinDays(last, atom, reading);
    if (spans === null) return [...kept, atom];
    return [...kept.slice(0, -1), ...spans.map((span) => ({ sort: 'span', span }) as const)];
  }, []);
  return joined.flatMap((atom) => placeAlone(atom, reading));
}

function placeAlone(atom: DayAtom, reading: Reading): readonly DaySpan[] {
  const span = placeDay(atom, reading);
  if (atom.sort === 'workdays') return workdaysWithin(span, atom.weekend);
  if (atom.sort !== 'weekday' || atom.repeats === null) return [span];
  // "Thursdays" are the next two; of "every thursday" only one can be had at a time.
  const days = [span.first, span.first.plus({ weeks: 1 })];
  if (atom.repeats === 'plural') return days.map(oneDay);
  const question = `Which one do you mean: ${sayDays(days, reading.today)}?`;
  throw new AskBack({ reason: 'not-understood', question, days });
}

function placeLimit(
  { atoms, bound, boundTime }: DayWish,
  stretch: DaySpan | undefined,
  reading: Reading,
): Limit | null {
  if (bound === undefined) return null;
  // "Next week from wednesday on": that week's.
  const within = atoms.length === 1 && atoms[0]?.sort === 'weekday' && stretch !== undefined;
  const all = within ? [...atoms, { sort: 'span', span: stretch } as const] : atoms;
  const [span] = placeTogether(all, reading);
  if (span === undefined) throw notUnderstood();
  const side = bound === 'after' || bound === 'from' ? 'from' : 'to';
  const begins = bound === 'from' || bound === 'before';
  const day = begins ? span.first : span.last;
  const minutes = minutesOfLimit(boundTime, begins, reading);
  // "After friday" begins a day later, "after friday at five" does not.
  const beyond = minutes !== null ? 0 : bound === 'after' ? 1 : bound === 'before' ? -1 : 0;
  return {
    side,
    day: day.plus({ days: beyond }),
    minutes,
    words: `${bound} ${sayDay(day, reading.today)}`,
  };
}

/** "Before thursday afternoon" is before its noon, "after" it is after its end. */
function minutesOfLimit(
  time: DayWish['boundTime'],
  begins: boolean,
  { side }: Reading,
): number | null {
  if (time === undefined) return null;
  if (typeof time !== 'string') return minutesOf(time, null, side);
  const minutes = DAY_PARTS[time][begins ? 'from' : 'to'];
  // The night ends with the day, and so does the limit.
  return minutes === 1440 ? null : minutes;
}

/** Days in a row as one span, so that they are said as one: "Monday … to Friday …". */
function inRow(spans: readonly DaySpan[]): readonly DaySpan[] {
  return spans.reduce<readonly DaySpan[]>((merged, span) => {
    const last = merged.at(-1);
    if (last === undefined) return [span];
    if (last.first.equals(span.first) && last.last.equals(span.last)) return merged;
    const follows = span.first.equals(last.last.plus({ days: 1 }));
    if (!follows || last.words !== undefined || span.words !== undefined) return [...merged, span];
    return [...merged.slice(0, -1), { first: last.first, last: span.last }];
  }, []);
}

function sayEach(spans: readonly DaySpan[], { today }: Reading): string {
  return spans.map((span) => saySpan(span, today)).join(' and ');
}
