import { DateTime } from 'luxon';
import { ApiError } from './api-error.ts';
import type { EventFields, EventTime, SimulatedCalendar } from './model.ts';

export interface Interval {
  start: number;
  end: number;
}

/** When an event is; a whole day by the zone of its calendar. */
export function intervalOf(event: EventFields, calendar: SimulatedCalendar): Interval {
  return { start: toInstant(event.start, calendar), end: toInstant(event.end, calendar) };
}

/** @throws {ApiError} it ends before it begins */
export function requireOrder(event: EventFields, calendar: SimulatedCalendar): void {
  const { start, end } = intervalOf(event, calendar);
  if (start < end) return;
  throw new ApiError(400, 'timeRangeEmpty', 'The specified time range is empty.', {
    domain: 'calendar',
  });
}

function toInstant(time: EventTime, { timeZone }: SimulatedCalendar): number {
  if ('date' in time) return DateTime.fromISO(time.date, { zone: timeZone }).toMillis();
  return DateTime.fromISO(time.dateTime, { zone: time.timeZone ?? timeZone }).toMillis();
}

/** An instant of a parameter or a body. @throws {ApiError} */
export function readInstant(text: unknown, location: string): number {
  const at = typeof text === 'string' && /[Zz]|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw new ApiError(400, 'badRequest', 'Bad Request', { locationType: 'parameter', location });
}

/** The same times, those that touch made one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const each of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && each.start <= last.end) last.end = Math.max(last.end, each.end);
    else result.push({ ...each });
  }
  return result;
}
