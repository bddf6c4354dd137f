import { DateTime, type DurationLikeObject } from 'luxon';
import type { BookingRequest } from './booking-request.ts';
import { MINUTE, type Interval } from './interval.ts';
import type { EventType } from './model.ts';

const UNITS: Record<string, keyof DurationLikeObject> = {
  daily: 'days',
  weekly: 'weeks',
  monthly: 'months',
  yearly: 'years',
};

/** The times one request books: one, or as many as a recurring type has or the request asks for. */
export function occurrencesOf(request: BookingRequest, eventType: EventType): Interval[] {
  const length = (request.lengthInMinutes ?? eventType.lengthInMinutes) * MINUTE;
  const { recurrence } = eventType;
  if (recurrence === null) return [{ start: request.start, end: request.start + length }];
  const unit = UNITS[recurrence.frequency] ?? 'weeks';
  // The wall clock of the attendee stays the same across a change of the clocks.
  const first = DateTime.fromMillis(request.start, { zone: request.attendee.timeZone });
  return Array.from({ length: request.recurrenceCount ?? recurrence.occurrences }, (_, index) => {
    const start = first.plus({ [unit]: index * recurrence.interval }).toMillis();
    return { start, end: start + length };
  });
}
