import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Database } from '../../db/database.ts';
import { rateLimitStore } from '../../db/rate-limits.ts';
import type { Actor } from '../../manage/accounts/authorize.ts';
import { Problem } from '../problem.ts';

/** Counts what each API key asks for. */
export interface KeyLimiter {
  /** @throws {Problem} the key has asked as often as it may in this minute */
  take(actor: Actor): Promise<void>;
}

/** Counts in PostgreSQL, for all processes together. */
export function createKeyLimiter(db: Database): KeyLimiter {
  // Each key has a limit of its own: the window only counts.
  const window = new RateLimiterPostgres({
    ...rateLimitStore(db),
    keyPrefix: 'api-key',
    points: Number.MAX_SAFE_INTEGER,
    duration: 60,
  });
  return {
    async take(actor) {
      if (actor.kind !== 'key') return;
      const { consumedPoints, msBeforeNext } = await window.consume(actor.id);
      if (consumedPoints <= actor.requestsPerMinute) return;
      const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
      throw new Problem('too_many_requests', `This key may ask again in ${seconds} s.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    },
  };
}
