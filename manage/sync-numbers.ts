import { SipClient } from 'livekit-server-sdk';
import { syncTrunks } from '../calls/trunks/sync-trunks.ts';
import type { SyncPlan } from '../calls/trunks/plan-sync.ts';
import type { Database } from '../db/database.ts';

/** The LiveKit that takes the calls. */
export interface LivekitAccess {
  url: string;
  apiKey: string;
  apiSecret: string;
  /** The name under which the workers take calls. */
  workerName: string;
}

interface SyncParts {
  db: Database;
  livekit: LivekitAccess;
  masterKey: () => Buffer;
}

/** Seconds for one request: it is on the same machine, or near. */
const REQUEST_TIMEOUT = 10;

/**
 * Makes LiveKit's trunks and dispatch rule equal the numbers, of all organizations.
 * @returns what was done, or with `dryRun` would be
 * @throws {PhoneSyncError} {SealedCredentialError}
 */
export function syncNumbers(
  { db, livekit, masterKey }: SyncParts,
  options: { dryRun?: boolean } = {},
): Promise<SyncPlan> {
  const { url, apiKey, apiSecret, workerName } = livekit;
  const client = new SipClient(url, apiKey, apiSecret, { requestTimeout: REQUEST_TIMEOUT });
  return syncTrunks({ db, client, workerName, masterKey }, options);
}

/** What {@link syncNumbers} would do. */
export function planNumbers(parts: SyncParts): Promise<SyncPlan> {
  return syncNumbers(parts, { dryRun: true });
}
