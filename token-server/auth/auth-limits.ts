import { createHmac } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../../db/database.ts';
import { rateLimitStore } from '../../db/rate-limits.ts';
import { countedNetworks, NETWORK_SHARES } from '../counted-networks.ts';
import { Problem } from '../problem.ts';

/** What is counted: passwords and codes that are tried, and mails that are asked for. */
export type Counted = 'guess' | 'mail';

/** Seconds for which a code of an authenticator can be good: its own half minute and one on each side. */
const CODE_LIFE = 90;

/**
 * How often within how many seconds. An account has one person behind it and an address many; the
 * networks around an address have larger shares.
 */
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
  /**
   * Takes the code of an account's authenticator, which is good once (RFC 6238, section 5.2).
   * @returns whether nobody has before
   */
  takeCode(userId: string, code: string): Promise<boolean>;
  /** After a password that was right: the account's count begins anew. */
  forgive(account: string): Promise<void>;
}

/** Counts in PostgreSQL, for all processes together; of accounts and addresses it keeps digests. */
export function createAuthLimits(db: Database, secret: string): AuthLimits {
  const windowsOf = (counted: Counted) => {
    const { duration, account, address } = LIMITS[counted];
    const window = (by: string, points: number) =>
      new RateLimiterPostgres({
        ...rateLimitStore(db),
        keyPrefix: `office ${counted} ${by}`,
        points,
        duration,
      });
    return {
      account: window('account', account),
      networks: NETWORK_SHARES.map((share) => window('address', address * share)),
    };
  };
  const windows = { guess: windowsOf('guess'), mail: windowsOf('mail') };
  const codes = new RateLimiterPostgres({
    ...rateLimitStore(db),
    keyPrefix: 'office code',
    points: 1,
    duration: CODE_LIFE,
  });
  const digest = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url');
  const consume = async (window: RateLimiterPostgres | undefined, text: string): Promise<void> => {
    try {
      await window?.consume(digest(text));
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
      const { account: ofAccount, networks } = windows[counted];
      // One after the other: what an address is refused takes nothing from its neighbours.
      for (const [width, network] of countedNetworks(address).entries()) {
        await consume(networks[width], network);
      }
      if (account !== null) await consume(ofAccount, account);
    },
    async takeCode(userId, code) {
      try {
        await codes.consume(digest(`${userId} ${code}`));
        return true;
      } catch (reason) {
        if (reason instanceof RateLimiterRes) return false;
        throw reason;
      }
    },
    async forgive(account) {
      await windows.guess.account.delete(digest(account));
    },
  };
}
