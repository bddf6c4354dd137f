import type { CalendarDay } from '../placing/local-instants.ts';
import type { DayPart } from '../placing/day-parts.ts';
import type { Clock, DayAtom, DayWish, TimeWish } from '../placing/wish.ts';

/** What a stretch of a phrase says, in the order it was said. */
export type Item =
  | { type: 'days'; days: DayWish }
  | { type: 'time'; time: TimeWish }
  | { type: 'zone'; timeZone: string }
  /** Which of two: the clock shows this time before and after it is set back. */
  | { type: 'fold'; index: 0 | 1 }
  /** A place in what was offered last; -1 for its end. */
  | { type: 'place'; index: number }
  /** "Doesn't work", "are bad": takes back what was said before; `subject` as the verb tells. */
  | { type: 'refused'; subject: 'one' | 'several' | 'any' }
  /** "After that": measured by what was told before it. */
  | { type: 'that'; bound: 'after' | 'before' }
  /** "My thursday appointment": the one there is already. */
  | { type: 'old'; items: readonly Item[] }
  | { type: Sign };

/**
 * Words that say no day or time themselves:
 * - `not` refuses what follows; `except` does, too, and never what was said before it
 * - `accepted` ("is fine") settles what was said before: no refusal behind it reaches across
 * - `clause` ("so", "can you") begins a clause, `correction` ("no wait") one that replaces
 * - `taken` ("i have a meeting", "my flight lands") tells of the caller's life, and is no wish
 * - `move` ("reschedule"): what follows up to a `to` is the old appointment
 * - `latest` ("the last slot"): how late, only the caller can say
 * - `odd` is a word of time that no rule took: guessing around it would be a lie
 */
export type Sign =
  | 'or'
  | 'and'
  | 'comma'
  | 'to'
  | 'but'
  | 'if'
  | 'not'
  | 'except'
  | 'accepted'
  | 'clause'
  | 'correction'
  | 'taken'
  | 'move'
  | 'soonest'
  | 'latest'
  | 'any time'
  | 'odd';

export function onDay(first: CalendarDay, last: CalendarDay = first): DayAtom {
  return { sort: 'span', span: { first, last } };
}

export function days(atoms: DayAtom | readonly DayAtom[], more: Omit<DayWish, 'atoms'> = {}): Item {
  return { type: 'days', days: { atoms: 'length' in atoms ? atoms : [atoms], ...more } };
}

export function time(wish: TimeWish): Item {
  return { type: 'time', time: wish };
}

export function at(clock: Clock, around = false): Item {
  return time({ sort: 'at', clock, around });
}

/** From one clock time to another, or open to a side. */
export function limit(from: Clock | null, to: Clock | null): Item {
  return time({ sort: 'limit', from, to });
}

export function part(name: DayPart): Item {
  return time({ sort: 'part', part: name });
}

export function namesDayOrTime({ type }: Item): boolean {
  return type === 'days' || type === 'time';
}
