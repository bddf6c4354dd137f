import { DateTime, IANAZone } from 'luxon';
import { DAY } from './interval.ts';

/** Milliseconds since 1970. A time without an offset is UTC; what is no time at all is null. */
export function readInstant(written: unknown): number | null {
  if (typeof written !== 'string') return null;
  const parsed = DateTime.fromISO(written, { zone: 'utc' });
  return parsed.isValid ? parsed.toMillis() : null;
}

/** The end of a range: a date alone means all of that day in UTC. */
export function readRangeEnd(written: unknown): number | null {
  const instant = readInstant(written);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(String(written));
  return instant === null || !isDate ? instant : instant + DAY;
}

export function isTimeZone(name: unknown): name is string {
  return typeof name === 'string' && IANAZone.isValidZone(name);
}

/** `2026-12-01T14:00:00.000Z` */
export function utc(instant: number): string {
  return new Date(instant).toISOString();
}
