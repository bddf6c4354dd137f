import { RateLimitedError } from './calendar-error.ts';
import type { RequestWindow } from './request-limiter.ts';

/**
 * How many bookings a provider takes of an account, where it counts them apart from other requests.
 * One budget a credential, over all processes.
 */
export interface BookingBudget {
  /**
   * Takes one booking, before it is sent.
   * @throws {RateLimitedError} there is none left: nothing may be sent
   */
  take(): Promise<void>;
  /** Milliseconds until there is one left; 0 where there is. Takes nothing. */
  wait(): Promise<number>;
  /** The provider took none, and takes none for so many milliseconds. */
  noteRefused(milliseconds: number): Promise<void>;
}

/** What was sent, in order of time. */
export interface SentBookings {
  sent: readonly Date[];
  /** Until then the provider takes none; null where it has not said so. */
  refusedUntil: Date | null;
  now: Date;
}

/**
 * Milliseconds until one more may be sent. Windows slide here, whether or not they do at the provider:
 * that is never too many for a window that begins at a full hour.
 */
export function waitOf(
  { sent, refusedUntil, now }: SentBookings,
  windows: readonly RequestWindow[],
): number {
  const waits = windows.map(({ limit, window }) => {
    const since = now.getTime() - window;
    const recent = sent.filter((at) => at.getTime() > since);
    const blocking = recent.at(-limit);
    return blocking === undefined ? 0 : blocking.getTime() - since;
  });
  return Math.max(0, (refusedUntil?.getTime() ?? 0) - now.getTime(), ...waits);
}

/** What of it still counts, in order of time. */
export function stillCounted(
  { sent, now }: SentBookings,
  windows: readonly RequestWindow[],
): Date[] {
  const longest = Math.max(...windows.map(({ window }) => window));
  return sent.filter((at) => at.getTime() > now.getTime() - longest);
}

/** The refusal of a booking for which there is none left. */
export function noBookingLeft(wait: number): RateLimitedError {
  return new RateLimitedError(`The calendar takes no further booking for ${wait} ms.`, {
    retryAfter: wait,
  });
}

/** For one process without a database. */
export function memoryBudget(
  windows: readonly RequestWindow[],
  now: () => Date = sinceStart,
): BookingBudget {
  let sent: Date[] = [];
  let refusedUntil: Date | null = null;
  const wait = (): number => waitOf({ sent, refusedUntil, now: now() }, windows);
  return {
    wait: () => Promise.resolve(wait()),
    take() {
      const left = wait();
      if (left > 0) return Promise.reject(noBookingLeft(left));
      sent = [...stillCounted({ sent, refusedUntil, now: now() }, windows), now()];
      return Promise.resolve();
    },
    noteRefused(milliseconds) {
      refusedUntil = new Date(now().getTime() + milliseconds);
      return Promise.resolve();
    },
  };
}

/** An instant of no calendar, of which differences alone count. */
function sinceStart(): Date {
  return new Date(performance.now());
}
