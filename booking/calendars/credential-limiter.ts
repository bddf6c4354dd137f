import {
  believable,
  RESERVED_FOR_WRITES,
  UNCOUNTED,
  waitForRoom,
} from '../../calendar/request-limiter.ts';
import type {
  RequestLimiter,
  RequestPriority,
  RequestWindow,
} from '../../calendar/request-limiter.ts';
import {
  noteCredentialBudget,
  takeCredentialRequest,
} from '../../db/calendars/credential-limits.ts';
import type { CredentialKey } from '../../db/calendars/credential-limits.ts';
import type { Database } from '../../db/database.ts';

export interface CredentialLimiterOptions extends CredentialKey {
  window: RequestWindow;
  /** Hears of a database that did not answer; the request goes out, for the provider to count. */
  onError?: (error: unknown) => void;
}

/** Counts a credential's requests in PostgreSQL: each call is a process, and all share the key. */
export function credentialLimiter(
  db: Database,
  { window, onError, ...key }: CredentialLimiterOptions,
): RequestLimiter {
  const orPass = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      onError?.(error);
      return null;
    }
  };
  const take = (priority: RequestPriority) =>
    orPass(() => {
      const reserve = priority === 'read' ? RESERVED_FOR_WRITES : 0;
      return takeCredentialRequest(db, key, { ...window, reserve });
    });
  return {
    take: (priority) => waitForRoom(take, priority),
    async observe(reading) {
      const budget = { ...believable(reading, window), margin: UNCOUNTED };
      await orPass(() => noteCredentialBudget(db, key, budget));
    },
  };
}
