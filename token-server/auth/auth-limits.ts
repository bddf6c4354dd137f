import { createHmac } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../../db/database.ts';
import { rateLimitStore } from '../../db/rate-limits.ts';
import { countedNetworks } from '../counted-networks.ts';
import { Problem } from '../problem.ts';

/** What is counted: passwords and codes that are tried, and mails that are asked for. */
export type Counted = 'guess' | 'mail';

/** How often within how many seconds; an address has many people behind it, and an account one. */
const LIMITS = {
  guess: { duration: 900, account: 10, address: 50 },
  mail: { duration: 3_600, account: 5, address: 20 },
} satisfies Record<Counted, { duration: number; account: number; address: number }>;

export interface AuthLimits {
  /**
   * Counts an attempt before it is known how it ends, so that those made at once count too. An
   * account that does not exist is counted like one that does.
   * @throws {Problem} too many were made
   */
  take(counted: Counted, by: { address: string; account: string | null }): Promise<void>;
  /** After a password that was right: the account's count begins anew. */
  forgive(account: string): Promise<void>;
}

/** Counts in PostgreSQL, for all processes together; of accounts and addresses it keeps digests. */
export function createAuthLimits(db: Database, secret: string): AuthLimits {
  const windows = new Map(
    (['guess', 'mail'] as const).flatMap((counted) =>
      (['account', 'address'] as const).map(
        (by) =>
          [
            `${counted} ${by}`,
            new RateLimiterPostgres({
              ...rateLimitStore(db),
              keyPrefix: `office ${counted} ${by}`,
              points: LIMITS[counted][by],
              duration: LIMITS[counted].duration,
            }),
          ] as const,
      ),
    ),
  );
  const digest = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url');
  const consume = async (
    name: `${Counted} ${'account' | 'address'}`,
    text: string,
  ): Promise<void> => {
    try {
      await windows.get(name)?.consume(digest(text));
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1_000));
      throw new Problem(
        'too_many_requests',
        `Too many attempts were made. Try again in ${Math.ceil(seconds / 60)} min.`,
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
  };
  return {
    async take(counted, { address, account }) {
      const [network = address] = countedNetworks(address);
      await consume(`${counted} address`, network);
      if (account !== null) await consume(`${counted} account`, account);
    },
    async forgive(account) {
      await windows.get('guess account')?.delete(digest(account));
    },
  };
}
