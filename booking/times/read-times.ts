import { isUntil, type ItemCursor } from './item-cursor.ts';
import type { Bound, Clock, TimeWish } from './items.ts';

/** A clock time that was just passed, with what makes a range or a limit of it. */
export function readClock(clock: Clock, cursor: ItemCursor): TimeWish {
  const next = cursor.peek();
  const then = cursor.peek(1);
  if (isUntil(next) && then?.type === 'clock') {
    cursor.skip(2);
    return { sort: 'between', from: clock, to: then.clock };
  }
  if (next?.type === 'onwards' || next?.type === 'or before') {
    cursor.skip();
    return { sort: next.type === 'onwards' ? 'after' : 'before', clock };
  }
  return { sort: 'at', clock, around: false };
}

export function readLimitedClock(
  operator: Bound | 'around' | 'at',
  clock: Clock,
  cursor: ItemCursor,
): TimeWish {
  if (operator === 'around') return { sort: 'at', clock, around: true };
  const time = readClock(clock, cursor);
  if (time.sort !== 'at' || operator === 'at') return time;
  return { sort: operator === 'after' || operator === 'from' ? 'after' : 'before', clock };
}
