import { CalendarUnreachableError } from '../calendar-error.ts';

/** Milliseconds after a wish in which its write is sent; with a write's own deadline less than 25 s. */
const LATEST = 12_000;

/**
 * Whoever finds nothing some time later takes the write for one that was never made: it must not come
 * after that.
 * @param begun when its wish came, of `performance.now()`
 * @throws {CalendarUnreachableError} it is too late: nothing is to be written
 */
export function refuseLateWrite(begun: number): void {
  if (performance.now() - begun <= LATEST) return;
  throw new CalendarUnreachableError('Nothing was written: reading the calendar took too long.');
}
