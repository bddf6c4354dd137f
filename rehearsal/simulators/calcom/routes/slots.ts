import { DateTime } from 'luxon';
import { HttpError, wrongProperty } from '../api-error.ts';
import { success, type Answer, type Call } from '../call.ts';
import { findEventType } from '../find-event-type.ts';
import { isTimeZone, readInstant, readRangeEnd } from '../instant.ts';
import type { Interval } from '../interval.ts';
import type { EventType } from '../model.ts';
import { findSlots } from '../slot-finder.ts';

/** Public. Free times by date in the zone asked for, in UTC where none was; days without any are left out. */
export function listSlots(call: Call): Answer {
  const { query } = call;
  const range = { start: dateOf(query, 'start'), end: dateOf(query, 'end') };
  const zone = query.get('timeZone');
  if (zone !== null && !isTimeZone(zone)) {
    throw wrongProperty(['timeZone'], 'timeZone must be a valid IANA time-zone');
  }
  const eventType = eventTypeOf(call);
  return success(call.slotsCache.answer(query.toString(), () => daysOf(call, eventType, range)));
}

function daysOf(call: Call, eventType: EventType, range: Interval): object {
  const { query } = call;
  const zone = query.get('timeZone') ?? 'utc';
  const moved = query.get('bookingUidToReschedule');
  const slots = findSlots(call.state, {
    eventType,
    range,
    duration: Number(query.get('duration') ?? eventType.lengthInMinutes),
    now: call.clock.now(),
    counts: (booking) => booking.uid !== moved && call.countsBooking(booking),
  });

  const days: Record<string, { start: string; end?: string }[]> = {};
  const written = (instant: number): string => DateTime.fromMillis(instant, { zone }).toISO() ?? '';
  for (const slot of slots) {
    const start = written(slot.start);
    const day = (days[start.slice(0, 10)] ??= []);
    day.push(query.get('format') === 'range' ? { start, end: written(slot.end) } : { start });
  }
  return days;
}

function dateOf(query: URLSearchParams, name: 'start' | 'end'): number {
  // A plus sign that was not encoded arrives as a space.
  const written = query.get(name)?.replace(/ (\d{2}:\d{2})$/, '+$1');
  const instant = name === 'start' ? readInstant(written) : readRangeEnd(written);
  if (instant === null) throw wrongProperty([name], `${name} must be a valid ISO 8601 date string`);
  return instant;
}

function eventTypeOf(call: Call): EventType {
  const id = call.query.get('eventTypeId');
  const eventType = findEventType(call.state, {
    eventTypeId: id === null ? undefined : Number(id),
    eventTypeSlug: call.query.get('eventTypeSlug') ?? undefined,
    username: call.query.get('username') ?? undefined,
    teamSlug: call.query.get('teamSlug') ?? undefined,
  });
  if (eventType === undefined) throw new HttpError(404, 'Event Type not found');
  return eventType;
}
