import { notUnderstood } from './ask-back.ts';
import { isJoint, isUntil, type ItemCursor } from './item-cursor.ts';
import { limitWithinDay, opensList, readBetween, readRangeEnd } from './read-days.ts';
import { readClock, readLimitedClock } from './read-times.ts';
import { emptyAlternative, type Alternative, type DayWish } from './wish.ts';
import type { Bound, DayAtom, Item, TimeWish } from './items.ts';

/** What stands behind a "not": limits turn round and are wanted, all else is taken away. */
export interface Exclusion {
  days: DayWish[];
  times: TimeWish[];
  excluded: Alternative[];
}

/** "Not before ten" is from ten on; whoever is busy until Friday is free from Friday on. */
const TURNED: Readonly<Record<Bound, { clock: 'after' | 'before' | null; day: Bound | null }>> = {
  before: { clock: 'after', day: 'from' },
  after: { clock: 'before', day: 'by' },
  by: { clock: 'after', day: 'from' },
  from: { clock: null, day: null },
};

/**
 * Reads what a "not" takes away. Throws AskBack where nothing follows that could be refused, and
 * where a list or a time may be refused or wanted: "not monday tuesday or wednesday".
 * @param wanted something was asked for already, and a clock time behind the day may belong to it
 */
export function readExclusion(cursor: ItemCursor, wanted: boolean): Exclusion {
  while (cursor.peek()?.type === 'to' || cursor.peek()?.type === 'any time') cursor.skip();
  const limits = readTurnedLimits(cursor);
  if (limits !== null) return limits;
  const excluded: Alternative[] = [];
  do {
    if (excluded.length > 0) cursor.skip();
    excluded.push(readExcluded(cursor, wanted));
  } while (goesOn(cursor, excluded.at(-1)));
  if (isUntil(cursor.peek()) || opensList(cursor)) throw notUnderstood();
  return { days: [], times: [], excluded };
}

/** "Not before ten or after four": what is joined to a turned limit is turned as well. */
function readTurnedLimits(cursor: ItemCursor): Exclusion | null {
  const found: Exclusion = { days: [], times: [], excluded: [] };
  while (readTurnedLimit(cursor, found)) {
    if (!isJoint(cursor.peek()) || turnable(cursor.peek(1)) === null) return found;
    cursor.skip();
  }
  if (found.days.length + found.times.length > 0) throw notUnderstood();
  return null;
}

function readTurnedLimit(cursor: ItemCursor, found: Exclusion): boolean {
  const limit = turnable(cursor.peek());
  // "Not until after three" is after three: the second word is the surer one.
  const again = cursor.peek(1);
  const surer = limit === 'by' && again?.type === 'operator' && again.operator === 'after';
  if (surer) cursor.skip();
  if (limit === null) return false;
  const turned = surer ? ({ clock: 'after', day: 'after' } as const) : TURNED[limit];
  const then = cursor.peek(1);
  if (then?.type === 'clock' && turned.clock !== null) {
    found.times.push({ sort: turned.clock, clock: then.clock });
    cursor.skip(2);
    return true;
  }
  if (then?.type !== 'day' || turned.day === null) return false;
  cursor.skip(2);
  const atoms = [then.atom, ...datesBeside(then.atom, cursor)];
  found.days.push(limitWithinDay({ atoms, bound: turned.day }, cursor));
  return true;
}

function turnable(item: Item | undefined): Bound | null {
  if (item?.type !== 'operator') return null;
  const { operator } = item;
  return operator === 'before' || operator === 'after' || operator === 'by' ? operator : null;
}

function readExcluded(cursor: ItemCursor, wanted: boolean): Alternative {
  const excluded = emptyAlternative();
  const operator = cursor.peek();
  if (operator?.type === 'operator') cursor.skip();
  const item = cursor.peek();
  if (operator?.type === 'operator' && operator.operator === 'between') {
    const range = readBetween(cursor);
    if ('time' in range) excluded.times.push(range.time);
    else excluded.days.push(range.day);
  } else if (item?.type === 'day') {
    cursor.skip();
    excluded.days.push(excludedDays(item.atom, cursor));
    excluded.times.push(...timesOfDay(cursor, wanted));
  } else if (item?.type === 'time' && item.time.sort === 'part') {
    cursor.skip();
    excluded.times.push(item.time);
  } else if (item?.type === 'clock') {
    cursor.skip();
    const kind = operator?.type === 'operator' ? operator.operator : 'at';
    excluded.times.push(readLimitedClock(kind === 'between' ? 'at' : kind, item.clock, cursor));
  } else {
    throw notUnderstood();
  }
  return excluded;
}

function excludedDays(first: DayAtom, cursor: ItemCursor): DayWish {
  const atoms = [first, ...sameDay(first, cursor)];
  const until = readRangeEnd(cursor, isUntil(cursor.peek()));
  return until === null ? { atoms } : { atoms, until };
}

/** "Not tuesday morning", "i can't do thursday at three": the time that goes with the day. */
function timesOfDay(cursor: ItemCursor, wanted: boolean): TimeWish[] {
  const operator = cursor.peek()?.type === 'operator' ? cursor.peek() : undefined;
  const item = cursor.peek(operator === undefined ? 0 : 1);
  if (operator === undefined && item?.type === 'time' && item.time.sort === 'part') {
    cursor.skip();
    return [item.time];
  }
  const between = operator?.type === 'operator' && operator.operator === 'between';
  if (item?.type !== 'clock') return [];
  // "Any day except friday at three" may want three o'clock or refuse it.
  if (wanted) throw notUnderstood();
  if (operator !== undefined) cursor.skip();
  if (between) {
    const range = readBetween(cursor);
    if ('time' in range) return [range.time];
    throw notUnderstood();
  }
  cursor.skip();
  return operator?.type === 'operator' && operator.operator !== 'between'
    ? [readLimitedClock(operator.operator, item.clock, cursor)]
    : [readClock(item.clock, cursor)];
}

/** A list goes on with what it began with; a time behind a day might be wanted instead. */
function goesOn(cursor: ItemCursor, last: Alternative | undefined): boolean {
  if (!isJoint(cursor.peek())) return false;
  const next = cursor.peek(1);
  if (next?.type === 'day' || next?.type === 'time') return true;
  const timed = last !== undefined && last.times.length > 0;
  const clock =
    next?.type === 'clock' || (next?.type === 'operator' && cursor.peek(2)?.type === 'clock');
  if (clock && !timed) throw notUnderstood();
  return clock;
}

/** "Not tuesday, wednesday" wants Wednesday; "not on tuesday, november 24" is one day. */
function sameDay(atom: DayAtom, cursor: ItemCursor): DayAtom[] {
  const dates = datesBeside(atom, cursor);
  const next = cursor.peek();
  const within = atom.sort === 'weekday' && next?.type === 'day' && next.atom.sort === 'span';
  if (dates.length > 0 || !within) return dates;
  cursor.skip();
  return [next.atom];
}

function datesBeside(atom: DayAtom, cursor: ItemCursor): DayAtom[] {
  const comma = cursor.peek()?.type === 'comma' ? 1 : 0;
  const next = cursor.peek(comma);
  if (atom.sort !== 'weekday' || next?.type !== 'day') return [];
  if (next.atom.sort !== 'date' && next.atom.sort !== 'monthday') return [];
  cursor.skip(comma + 1);
  return [next.atom];
}
