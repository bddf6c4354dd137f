import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../db/database.ts';
import { rateLimitStore } from '../db/rate-limits.ts';
import { countedNetworks, NETWORK_SHARES } from './counted-networks.ts';

/** Counts requests of one address. */
export interface RateLimiter {
  /** Takes one request; answers 0 when it may pass, else the milliseconds until it may. */
  take(address: string): Promise<number>;
}

export interface RateLimiterOptions {
  perMinute: number;
  /** Counts apart from limiters of other names. Default "token". */
  name?: string;
  /** Keys the digest that PostgreSQL stores in place of an address. */
  secret: string;
  /** Counts in PostgreSQL, for several processes together; without it each process counts for itself. */
  db?: Database;
}

/** A fixed window of a minute for every address, and for the networks around it. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const limiters = NETWORK_SHARES.map((share) => createWindow(options, share));
  const keyOf = (network: string): string =>
    // What is stored outlives the process: a digest there, not an address.
    options.db ? createHmac('sha256', options.secret).update(network).digest('base64url') : network;
  return {
    async take(address) {
      // One after the other: what an address is refused takes nothing from its neighbours.
      for (const [width, network] of countedNetworks(address).entries()) {
        try {
          await limiters[width]?.consume(keyOf(network));
        } catch (reason) {
          if (reason instanceof RateLimiterRes) return Math.max(reason.msBeforeNext, 1);
          throw reason;
        }
      }
      return 0;
    },
  };
}

function createWindow({ perMinute, name = 'token', db }: RateLimiterOptions, share: number) {
  const window = { points: perMinute * share, duration: 60, keyPrefix: name };
  return db
    ? new RateLimiterPostgres({ ...window, ...rateLimitStore(db) })
    : new RateLimiterMemory(window);
}
