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

/**
 * Makes LiveKit's trunks and dispatch rule equal the numbers, of all organizations.
 * @returns what was done, or with `dryRun` would be
 * @throws {PhoneSyncError} {SealedCredentialError}
 */
export function syncNumbers(
  parts: { db: Database; livekit: LivekitAccess; masterKey: () => Buffer },
  options: { dryRun?: boolean } = {},
): Promise<SyncPlan> {
  const { db, livekit, masterKey } = parts;
  const { url, apiKey, apiSecret, workerName } = livekit;
  const client = new SipClient(url, apiKey, apiSecret);
  return syncTrunks({ db, client, workerName, masterKey }, options);
}
