import { DAY, MINUTE, overlaps, type Interval } from './interval.ts';
import type { Account, Booking, EventType } from './model.ts';
import { openHours } from './open-hours.ts';
import type { CalcomState } from './state.ts';

/** Which bookings count: all, all but one that is being moved, or those of an earlier moment. */
export type CountsBooking = (booking: Booking) => boolean;

const LONGEST_BUFFER = DAY / 2;

/** Whether a host can take a meeting: within open hours, and nothing else of theirs in the way. */
export function isHostFree(
  state: CalcomState,
  host: Account,
  eventType: EventType,
  time: Interval,
  counts: CountsBooking,
): boolean {
  return isOpen(state, host, eventType, time) && !isBusy(state, host, eventType, time, counts);
}

/** The hosts who would take a meeting: all of a collective type or nobody, one of a round robin. */
export function freeHosts(
  state: CalcomState,
  eventType: EventType,
  time: Interval,
  counts: CountsBooking,
): number[] {
  const free = eventType.hostIds.filter((id) =>
    isHostFree(state, state.account(id), eventType, time, counts),
  );
  if (eventType.schedulingType === 'roundRobin') return free.slice(0, 1);
  return free.length === eventType.hostIds.length ? free : [];
}

/** Whether a start lies too soon or too far ahead for an event type. */
export function isOutOfBounds(eventType: EventType, time: Interval, now: number): boolean {
  if (time.start < now + eventType.minimumBookingNotice * MINUTE) return true;
  const { type, value } = eventType.bookingWindow;
  if (type === 'range' && Array.isArray(value)) {
    const [from, to] = value.map((date) => Date.parse(String(date)));
    return from !== undefined && to !== undefined && (time.start < from || time.start > to + DAY);
  }
  if (type !== 'calendarDays' && type !== 'businessDays') return false;
  const days = type === 'businessDays' ? (Number(value) * 7) / 5 : Number(value);
  return time.start > now + days * DAY;
}

function isOpen(state: CalcomState, host: Account, eventType: EventType, time: Interval): boolean {
  const schedule = state.scheduleFor(host, eventType);
  if (schedule === undefined) return false;
  return openHours(schedule, time).some((open) => open.start <= time.start && time.end <= open.end);
}

function isBusy(
  state: CalcomState,
  host: Account,
  eventType: EventType,
  time: Interval,
  counts: CountsBooking,
): boolean {
  const needed = withBuffers(time, eventType);
  if (host.busy.some((busy) => overlaps(busy, needed))) return true;
  const near = { start: needed.start - LONGEST_BUFFER, end: needed.end + LONGEST_BUFFER };
  return state.bookings
    .blocking(host.id, near)
    .some((booking) => counts(booking) && conflicts(booking, eventType, time));
}

/** A buffer is kept free on both sides of two meetings, each as long as either of them asks. */
function conflicts(booking: Booking, eventType: EventType, time: Interval): boolean {
  return (
    overlaps(booking, withBuffers(time, eventType)) ||
    overlaps(withBuffers(booking, booking.eventType), time)
  );
}

function withBuffers(time: Interval, eventType: EventType): Interval {
  return {
    start: time.start - eventType.beforeEventBuffer * MINUTE,
    end: time.end + eventType.afterEventBuffer * MINUTE,
  };
}
