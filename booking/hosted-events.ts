import type { BookingEvent } from '../db/booking-events.ts';
import type { EventHost } from '../db/event-hosts.ts';

/** An event as each of its hosts takes it; as it is where it has none. */
export function hostedEvents(event: BookingEvent): BookingEvent[] {
  return event.hosts.length === 0 ? [event] : event.hosts.map((host) => takenBy(event, host));
}

/** An event as it is booked in a calendar, which may have been its own, or a host's, another time. */
export function bookedIn(
  event: BookingEvent,
  { calendarConnectionId, eventType }: Pick<BookingEvent, 'calendarConnectionId' | 'eventType'>,
): BookingEvent {
  const host = event.hosts.find((each) => each.calendarConnectionId === calendarConnectionId);
  const hosted = host ? takenBy(event, host) : { ...event, calendarConnectionId, hosts: [] };
  return { ...hosted, eventType };
}

/** Every calendar into which an event is booked, or was before it had hosts. */
export function calendarsOf({ calendarConnectionId, hosts }: BookingEvent): string[] {
  return [calendarConnectionId, ...hosts.map((host) => host.calendarConnectionId)];
}

function takenBy(event: BookingEvent, host: EventHost): BookingEvent {
  const { name, calendarConnectionId, provider, timeZone, availability, busyCalendars } = host;
  const busy = new Set([...event.busyCalendars, ...busyCalendars]);
  // What is booked into blocks by itself.
  busy.delete(calendarConnectionId);
  return {
    ...event,
    hosts: [],
    host: name,
    calendarConnectionId,
    provider,
    timeZone: event.ownTimeZone ?? timeZone,
    availability: availability ?? event.availability,
    busyCalendars: [...busy],
  };
}
