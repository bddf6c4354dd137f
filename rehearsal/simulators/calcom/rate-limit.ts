export interface RateLimitOptions {
  /** Requests a window. Cal.com allows an ordinary key 120. */
  limit: number;
  /** Milliseconds. */
  window: number;
}

export interface RateLimitState {
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
  exceeded: boolean;
}

/** Counts requests in fixed windows that begin with a caller's first request. */
export class RateLimiter {
  readonly #options: RateLimitOptions;
  readonly #now: () => number;
  readonly #windows = new Map<string, { count: number; ends: number }>();

  constructor(options: RateLimitOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** @param caller a key, or the address of a caller without one */
  count(caller: string): RateLimitState {
    const now = this.#now();
    let window = this.#windows.get(caller);
    if (window === undefined || window.ends <= now) {
      window = { count: 0, ends: now + this.#options.window };
      this.#windows.set(caller, window);
    }
    window.count += 1;
    const { limit } = this.#options;
    return {
      limit,
      remaining: Math.max(0, limit - window.count),
      reset: Math.ceil((window.ends - now) / 1000),
      exceeded: window.count > limit,
    };
  }
}

/** Cal.com names its limits; an ordinary key has the one called Default, and gets no Retry-After. */
export function rateLimitHeaders(state: RateLimitState): Record<string, string> {
  return {
    'X-RateLimit-Limit-Default': String(state.limit),
    'X-RateLimit-Remaining-Default': String(state.remaining),
    'X-RateLimit-Reset-Default': String(state.reset),
  };
}
