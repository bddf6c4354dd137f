import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../db/database.ts';
import { rateLimitStore } from '../db/rate-limits.ts';

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

/** A fixed window of a minute for every address. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const window = { points: options.perMinute, duration: 60, keyPrefix: options.name ?? 'token' };
  const limiter = options.db
    ? new RateLimiterPostgres({ ...window, ...rateLimitStore(options.db) })
    : new RateLimiterMemory(window);
  return {
    async take(address) {
      const counted = countedAddress(address);
      // What is stored outlives the process: a digest there, not an address.
      const key = options.db
        ? createHmac('sha256', options.secret).update(counted).digest('base64url')
        : counted;
      try {
        await limiter.consume(key);
        return 0;
      } catch (reason) {
        if (reason instanceof RateLimiterRes) return Math.max(reason.msBeforeNext, 1);
        throw reason;
      }
    },
  };
}

/** What counts as one visitor: an IPv4 address, or the /64 that an IPv6 line is usually given whole. */
export function countedAddress(address: string): string {
  const mapped = mappedIPv4(address);
  if (mapped !== null) return mapped;
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return address;
  const [head = '', tail] = withoutZone.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? front
      : [
          ...front,
          ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'),
          ...back,
        ];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The IPv4 address within an IPv6 one (RFC 4291, 2.5.5.2), which is written in two ways. */
function mappedIPv4(address: string): string | null {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return null;
  const words = [high, low].map((word) => Number.parseInt(word, 16));
  return words.flatMap((word) => [Math.floor(word / 256), word % 256]).join('.');
}
