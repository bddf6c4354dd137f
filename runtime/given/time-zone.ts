import { z } from 'zod';

/** The name of a time zone, as {@link isTimeZone} knows it. */
export const TimeZoneSchema = z
  .string()
  .trim()
  .refine(isTimeZone, 'must be an IANA time zone, such as America/New_York');

/**
 * Whether it is the IANA name of a time zone that this machine's zone data know. Browsers name zones
 * that nobody knows, such as "Etc/Unknown"; and offsets such as "+05:00" are none: they know no
 * daylight saving.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z][a-z0-9_+\-/]{0,63}$/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}
