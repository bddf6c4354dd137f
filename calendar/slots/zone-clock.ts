import { IANAZone } from 'luxon';

/**
 * A wall clock is told in milliseconds as if it stood in UTC: half past nine on March 14 is the number
 * of `2027-03-14T09:30:00Z`, whatever the zone.
 */
export interface ZoneClock {
  /** By how many milliseconds the clock is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
}

/** A stretch of a date in which the clock is not set. */
export interface DaySegment {
  /** Instants. */
  from: number;
  to: number;
  offset: number;
}

export const DAY = 86_400_000;
export const MINUTE = 60_000;
/** Further from UTC than any clock is (-12 to +14 hours). */
const WIDEST = 16 * 3_600_000;

/** @param timeZone IANA */
export function zoneClock(timeZone: string): ZoneClock {
  const zone = IANAZone.create(timeZone);
  return { offsetAt: (instant) => Math.round(zone.offset(instant) * MINUTE) };
}

/**
 * The instant at which the clock reads so: the first of two, and where the clock jumps over it, as late
 * after the jump as it would have been without (RFC 5545, 3.3.5).
 */
export function instantOf(clock: ZoneClock, wall: number): number {
  const before = wall - clock.offsetAt(wall - DAY);
  const after = wall - clock.offsetAt(wall + DAY);
  if (before === after) return before;
  const read = [before, after].filter((instant) => instant + clock.offsetAt(instant) === wall);
  return read.length === 0 ? before : Math.min(...read);
}

/** What the clock reads at an instant. */
export function wallAt(clock: ZoneClock, instant: number): number {
  return instant + clock.offsetAt(instant);
}

/**
 * The stretches of a date, in order: one, on the days on which the clock is set two, and none where a
 * whole date is left out.
 *
 * @param midnight the wall clock's
 */
export function segmentsOf(clock: ZoneClock, midnight: number): DaySegment[] {
  const first = midnight - WIDEST;
  const last = midnight + DAY + WIDEST;
  const before = clock.offsetAt(first);
  const after = clock.offsetAt(last);
  const set = before === after ? last : findChange(clock, first, last);
  return [
    { from: midnight - before, to: Math.min(set, midnight + DAY - before), offset: before },
    { from: Math.max(set, midnight - after), to: midnight + DAY - after, offset: after },
  ].filter(({ from, to }) => from < to);
}

/** The instant from which on the clock is ahead as it is at the end; it is set once in between. */
function findChange(clock: ZoneClock, first: number, last: number): number {
  const before = clock.offsetAt(first);
  let [low, high] = [first, last];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock.offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
