import { setTimeout as pause } from 'node:timers/promises';
import { RateLimitedError } from './calendar-error.ts';

/** A write, and the reads it cannot go without, may use what reads alone must leave. */
export type RequestPriority = 'read' | 'write';

/** What the provider said of the credential's budget. */
export interface RateReading {
  remaining: number;
  /** Until the budget is full again. */
  resetSeconds: number;
}

/** One limiter a credential: every request asks it first and tells it what the provider answered. */
export interface RequestLimiter {
  /**
   * Waits when the wait is short.
   * @throws {RateLimitedError} when it would be long
   */
  take(priority: RequestPriority): Promise<void>;
  observe(reading: RateReading): Promise<void>;
}

/** Requests that reads alone leave for writes. */
export const RESERVED_FOR_WRITES = 10;
/** The most requests that may be on their way, so that the provider does not count them yet. */
export const UNCOUNTED = 20;
/** Milliseconds that a caller on the phone may wait without being told so. */
const SHORT_WAIT = 2_000;

/** Counts a credential's requests; the answer is null, or the milliseconds until the window ends. */
export type TakeOrWait = (priority: RequestPriority) => Promise<number | null>;

/**
 * Asks until there is room, as long as the waits are short.
 * @throws {RateLimitedError}
 */
export async function waitForRoom(take: TakeOrWait, priority: RequestPriority): Promise<void> {
  let patience = SHORT_WAIT;
  for (;;) {
    const wait = await take(priority);
    if (wait === null) return;
    if (wait > patience) {
      throw new RateLimitedError(`The calendar allows no more requests for ${wait} ms.`, {
        retryAfter: wait,
      });
    }
    // Windows end a little later at the provider than here.
    const milliseconds = Math.max(wait, 50);
    patience -= milliseconds;
    await pause(milliseconds);
  }
}

/**
 * What is left after a reading. A provider does not count yet what is on its way, so the smaller
 * number holds; one that is far larger comes from a new window or a larger plan.
 */
function reconcileRemaining(counted: number, read: number): number {
  return read > counted + UNCOUNTED ? read : Math.min(counted, read);
}

/** Windows that a provider can be waited for: one that names a longer wait means another unit. */
const MOST_WINDOWS = 3;

/**
 * A reading as far as it can be believed: a wait of hours, as of milliseconds or of an instant where
 * seconds were expected, would shut the calendar for all processes.
 */
export function believable(
  { remaining, resetSeconds }: RateReading,
  { window }: Pick<RequestWindow, 'window'>,
): RateReading {
  const longest = (MOST_WINDOWS * window) / 1_000;
  return {
    remaining: Math.max(0, Math.floor(remaining)),
    resetSeconds: Math.min(Math.max(0, resetSeconds), longest),
  };
}

/** What a credential may ask, until the provider says otherwise. */
export interface RequestWindow {
  /** Requests a window. */
  limit: number;
  /** Milliseconds. */
  window: number;
}

/** For one process without a database, such as a test of a key. */
export function memoryLimiter({ limit, window }: RequestWindow): RequestLimiter {
  let remaining = limit;
  let ends = 0;
  const take: TakeOrWait = (priority) => {
    const now = performance.now();
    if (ends <= now) {
      remaining = limit;
      ends = now + window;
    }
    const reserve = priority === 'read' ? RESERVED_FOR_WRITES : 0;
    if (remaining <= reserve) return Promise.resolve(Math.ceil(ends - now));
    remaining -= 1;
    return Promise.resolve(null);
  };
  return {
    take: (priority) => waitForRoom(take, priority),
    observe(told) {
      const reading = believable(told, { window });
      remaining = reconcileRemaining(remaining, reading.remaining);
      ends = performance.now() + reading.resetSeconds * 1_000;
      return Promise.resolve();
    },
  };
}
