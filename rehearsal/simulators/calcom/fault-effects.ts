import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpError, ThrottledError, type ApiError } from './api-error.ts';
import { invalidKey } from './authorization.ts';
import type { CountsBooking } from './availability.ts';
import type { Fault } from './faults.ts';
import { rateLimitHeaders, type RateLimitState } from './rate-limit.ts';
import type { CalcomState } from './state.ts';

interface StruckRequest {
  body: Record<string, unknown>;
  query: URLSearchParams;
  parameters: Record<string, string>;
}

/**
 * What a fault does before the request is served.
 *
 * @returns whether the request ends here without an answer
 */
export async function strikeBefore(
  fault: Fault,
  request: StruckRequest,
  state: CalcomState,
  headers: Record<string, string>,
): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await sleep(fault.milliseconds);
      return false;
    case 'hang':
    case 'connection-reset':
      return true;
    case 'rate-limited': {
      const reset = Math.max(1, Math.ceil(fault.milliseconds / 1000));
      const exhausted: RateLimitState = { limit: 120, remaining: 0, reset, exceeded: true };
      Object.assign(headers, rateLimitHeaders(exhausted));
      throw tooManyRequests();
    }
    case 'server-error':
      throw serverError(fault);
    case 'revoked-key':
      throw invalidKey();
    case 'event-type-deleted':
      deleteEventType(request, state);
      return false;
    default:
      return false;
  }
}

/** The event type a request names, or the one of the booking it names. */
function deleteEventType({ body, parameters, query }: StruckRequest, state: CalcomState): void {
  const booking = state.bookings.find(parameters['bookingUid'] ?? '');
  const id =
    booking?.eventTypeId ??
    parameters['eventTypeId'] ??
    body['eventTypeId'] ??
    query.get('eventTypeId');
  const slug = body['eventTypeSlug'] ?? query.get('eventTypeSlug');
  for (const eventType of state.eventTypes.values()) {
    const isNamed = id === null ? eventType.slug === slug : eventType.id === Number(id);
    if (isNamed) state.deleteEventType(eventType.id);
  }
}

/** Leaves the client without an answer: at once by a reset, or waiting for as long as it likes. */
export function breakOff(fault: Fault, response: ServerResponse): void {
  if (fault.kind === 'connection-reset' || fault.kind === 'commit-then-reset') {
    response.socket?.resetAndDestroy();
  }
}

/** Which bookings a list of slots is computed from. */
export function knownBy(fault: Fault | null): CountsBooking {
  if (fault?.kind !== 'stale-slots') return () => true;
  return (booking) => booking.createdAt < fault.setAt;
}

export function tooManyRequests(): ApiError {
  return new ThrottledError('CustomThrottlerGuard - Too many requests. Please try again later.');
}

export function serverError(fault: Fault): ApiError {
  return new HttpError(fault.status, 'Internal server error');
}
