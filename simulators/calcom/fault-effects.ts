import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpError, type ApiError } from './api-error.ts';
import { invalidKey } from './authorization.ts';
import type { CountsBooking } from './availability.ts';
import type { Fault } from './faults.ts';
import { rateLimitHeaders, type RateLimitState } from './rate-limit.ts';
import type { CalcomState } from './state.ts';

/**
 * What a fault does before the request is served.
 *
 * @returns whether the request ends here without an answer
 */
export async function strikeBefore(
  fault: Fault,
  request: { body: Record<string, unknown>; url: URL },
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
    case 'event-type-deleted': {
      const id = request.body['eventTypeId'] ?? request.url.searchParams.get('eventTypeId');
      const slug = request.body['eventTypeSlug'] ?? request.url.searchParams.get('eventTypeSlug');
      for (const eventType of state.eventTypes.values()) {
        if (eventType.id === Number(id) || eventType.slug === slug) {
          state.eventTypes.delete(eventType.id);
        }
      }
      return false;
    }
    default:
      return false;
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
  return new HttpError(429, 'CustomThrottlerGuard - Too many requests. Please try again later.');
}

export function serverError(fault: Fault): ApiError {
  return new HttpError(fault.status, 'Internal server error');
}
