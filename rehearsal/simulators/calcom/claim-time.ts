import { BareError, HttpError } from './api-error.ts';
import { freeHosts, isOutOfBounds } from './availability.ts';
import { limitReached } from './booking-limits.ts';
import type { Call } from './call.ts';
import type { Interval } from './interval.ts';
import type { Booking, EventType } from './model.ts';

/**
 * The hosts who are free for a meeting now. A start between two slots is as good as any: Cal.com looks
 * at hours and at other bookings, not at its own grid.
 *
 * @param moved a booking whose own time does not count, because it is being moved
 * @throws HttpError 400 when the time is past, out of bounds or taken
 * @throws BareError 401, of all numbers, when the day or week takes no more
 */
export function checkTime(
  call: Call,
  eventType: EventType,
  time: Interval,
  moved: Booking | null,
): number[] {
  const now = call.clock.now();
  if (time.start < now) throw new HttpError(400, 'Attempting to book a meeting in the past.');
  if (isOutOfBounds(eventType, time, now)) {
    throw new HttpError(
      400,
      'The event type can\'t be booked at the "start" time provided. This could be because it\'s too soon (violating the minimum booking notice) or too far in the future (outside the event\'s scheduling window). Try fetching available slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the available slots: https://cal.com/docs/api-reference/v2/slots',
    );
  }
  const limit = limitReached(call.state, eventType, time, moved);
  if (limit !== null) throw new BareError(401, limit);
  const hosts = freeHosts(call.state, eventType, time, (booking) => booking !== moved);
  if (hosts.length > 0) return hosts;
  const who = eventType.teamId === null ? 'User either' : 'One of the hosts either';
  throw new HttpError(400, `${who} already has booking at this time or is not available`);
}

/**
 * The only thing Cal.com looks at again when it commits: another booking of exactly the same time.
 * One that merely overlaps, and was committed since the check, is not seen, and both stand.
 *
 * @throws BareError 409
 */
export function refuseSameTime(
  call: Call,
  hostIds: readonly number[],
  time: Interval,
  moved: Booking | null,
): void {
  if (!hostIds.some((id) => call.state.bookings.hasExactly(id, time, moved))) return;
  // The row that was refused has used up its number.
  call.state.nextId('booking');
  throw new BareError(409, 'booking_conflict_error');
}
