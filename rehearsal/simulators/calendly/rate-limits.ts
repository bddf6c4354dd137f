export interface LimitWindow {
  limit: number;
  /** Milliseconds. */
  window: number;
}

export interface Counted {
  limit: number;
  remaining: number;
  /** Seconds. */
  reset: number;
  exceeded: boolean;
}

/** Counts by name in windows that begin with their first request. The tightest one speaks. */
export class RateLimits {
  readonly #windows: readonly LimitWindow[];
  readonly #now: () => number;
  readonly #counts = new Map<string, { count: number; ends: number }>();

  /** @param now milliseconds; those of the machine, or a clock that a test sets */
  constructor(windows: readonly LimitWindow[], now: () => number) {
    this.#windows = windows;
    this.#now = now;
  }

  count(name: string): Counted | null {
    let tightest: Counted | null = null;
    for (const { limit, window } of this.#windows) {
      const now = this.#now();
      const key = `${name}/${window}`;
      const running = this.#counts.get(key);
      const state = running && running.ends > now ? running : { count: 0, ends: now + window };
      state.count += 1;
      this.#counts.set(key, state);
      const counted = {
        limit,
        remaining: Math.max(0, limit - state.count),
        reset: Math.ceil((state.ends - now) / 1_000),
        exceeded: state.count > limit,
      };
      const isTighter =
        !tightest ||
        (counted.exceeded && (!tightest.exceeded || counted.reset > tightest.reset)) ||
        (!tightest.exceeded && counted.remaining < tightest.remaining);
      if (isTighter) tightest = counted;
    }
    return tightest;
  }
}

export function rateHeaders({ limit, remaining, reset }: Counted): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(reset),
  };
}
