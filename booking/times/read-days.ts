import { isJoint, isUntil, type ItemCursor } from './item-cursor.ts';
import { notUnderstood } from './ask-back.ts';
import type { DayWish } from './wish.ts';
import type { Bound, DayAtom, TimeWish } from './items.ts';

/** Days side by side; the atoms are joined, or told apart, when they are settled. */
export function readDays(first: DayAtom, cursor: ItemCursor): DayWish {
  const atoms = [first, ...adjacentDays(cursor)];
  const until = readRangeEnd(cursor, isUntil(cursor.peek()));
  if (until !== null) return { atoms, until };
  if (cursor.peek()?.type === 'onwards') {
    cursor.skip();
    return { atoms, bound: 'from' };
  }
  return { atoms };
}

/** "To wednesday": the other end of a range, where the joint between the ends allows it. */
export function readRangeEnd(cursor: ItemCursor, joined: boolean): DayAtom[] | null {
  const then = cursor.peek(1);
  if (!joined || then?.type !== 'day') return null;
  cursor.skip(2);
  return [then.atom, ...adjacentDays(cursor)];
}

function adjacentDays(cursor: ItemCursor): DayAtom[] {
  const atoms: DayAtom[] = [];
  for (;;) {
    const comma = cursor.peek()?.type === 'comma' ? 1 : 0;
    const next = cursor.peek(comma);
    if (next?.type !== 'day') return atoms;
    cursor.skip(comma + 1);
    atoms.push(next.atom);
  }
}

/** "Before friday at five", "from thursday afternoon": a limit may lie within the day. */
export function readLimitedDay(bound: Bound, atom: DayAtom, cursor: ItemCursor): DayWish {
  const wish = readDays(atom, cursor);
  return wish.until === undefined ? limitWithinDay({ ...wish, bound }, cursor) : wish;
}

/** Takes the clock time, or the part of the day said beside the day, into its limit. */
export function limitWithinDay(wish: DayWish, cursor: ItemCursor): DayWish {
  const next = cursor.peek();
  const at = next?.type === 'operator' && next.operator === 'at' ? 1 : 0;
  const time = cursor.peek(at);
  if (time?.type === 'clock') {
    cursor.skip(at + 1);
    return { ...wish, boundClock: time.clock };
  }
  if (time?.type === 'time' && time.beside === true && time.time.sort === 'part') {
    cursor.skip(at + 1);
    return { ...wish, boundPart: time.time.part };
  }
  return wish;
}

/** "Between two and four", "between monday and wednesday". Throws AskBack for anything else. */
export function readBetween(cursor: ItemCursor): { day: DayWish } | { time: TimeWish } {
  const first = cursor.peek();
  cursor.skip();
  const joined = (): boolean => isUntil(cursor.peek()) || cursor.peek()?.type === 'and';
  if (first?.type === 'clock') {
    const second = cursor.peek(1);
    if (joined() && second?.type === 'clock') {
      cursor.skip(2);
      return { time: { sort: 'between', from: first.clock, to: second.clock } };
    }
  } else if (first?.type === 'day') {
    const atoms = [first.atom, ...adjacentDays(cursor)];
    const until = readRangeEnd(cursor, joined());
    if (until !== null) return { day: { atoms, until } };
  }
  throw notUnderstood();
}

/** A day that is followed by another of its kind, joined by "or": part of a list. */
export function opensList(cursor: ItemCursor): boolean {
  const comma = cursor.peek()?.type === 'comma' ? 1 : 0;
  return cursor.peek(comma)?.type === 'day' && isJoint(cursor.peek(comma + 1));
}
