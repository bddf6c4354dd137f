import type { SipClient } from 'livekit-server-sdk';
import type { Database } from '../../db/database.ts';
import { lockPhoneSync, replaceLivekitTrunk } from '../../db/phone/sip-trunks.ts';
import type { SipTrunk } from '../../db/phone/sip-trunks.ts';
import { LivekitTrunks } from './livekit-trunks.ts';
import { throwPhoneSyncError } from './phone-sync-error.ts';
import { planSync } from './plan-sync.ts';
import type { SyncPlan, SyncStep } from './plan-sync.ts';
import { readWantedTrunks } from './wanted-trunks.ts';

export interface TrunkSyncParts {
  /** With two connections at least. */
  db: Database;
  client: SipClient;
  /** The name under which the workers of this installation take calls. */
  workerName: string;
  /** Asked for where a trunk has a password. */
  masterKey: () => Buffer;
}

/**
 * Makes LiveKit's inbound trunks and dispatch rule equal the database: those of all organizations,
 * which share one LiveKit. Run again it changes nothing; of two at the same time one waits.
 *
 * @returns what was done, or with `dryRun` would be
 * @throws {PhoneSyncError} LiveKit refuses or cannot be reached; run it again, it goes on from there
 * @throws {SealedCredentialError}
 */
export async function syncTrunks(
  parts: TrunkSyncParts,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<SyncPlan> {
  const { db } = parts;
  if (dryRun) return (await plan(parts)).plan;
  return db.transaction().execute(async (transaction) => {
    await lockPhoneSync(transaction);
    const { plan: planned, stored, livekit } = await plan({ ...parts, db: transaction });
    const ids = new Map(planned.kept);
    for (const step of planned.steps) await apply(livekit, step, ids).catch(throwPhoneSyncError);
    for (const trunk of stored) {
      const id = ids.get(trunk.id) ?? null;
      if (id !== trunk.livekitTrunkId) await replaceLivekitTrunk(db, trunk, id);
    }
    return planned;
  });
}

/** What is to be done, as both stand now. */
async function plan({ db, client, workerName, masterKey }: TrunkSyncParts): Promise<{
  plan: SyncPlan;
  stored: SipTrunk[];
  livekit: LivekitTrunks;
}> {
  const { stored, wanted } = await readWantedTrunks(db, masterKey);
  const livekit = new LivekitTrunks(client, workerName);
  const present = await livekit.read().catch(throwPhoneSyncError);
  const sipTrunkIds = stored.map(({ id }) => id);
  const state = { wanted, rule: livekit.rule, present, sipTrunkIds, workerName };
  return { plan: planSync(state), stored, livekit };
}

/** @param ids LiveKit's trunk ids by ours; a new trunk's is added */
async function apply(
  livekit: LivekitTrunks,
  step: SyncStep,
  ids: Map<string, string>,
): Promise<void> {
  switch (step.do) {
    case 'delete-rule':
      return livekit.deleteRule(step.id);
    case 'delete-trunk':
      return livekit.deleteTrunk(step.id);
    case 'create-trunk':
      ids.set(step.trunk.sipTrunkId, await livekit.createTrunk(step.trunk));
      return;
    case 'update-trunk':
      return livekit.updateTrunk(step.id, step.trunk);
    case 'create-rule':
      return livekit.createRule(namesIn(step.sipTrunkIds, ids));
    case 'update-rule':
      return livekit.updateRule(step.id, namesIn(step.sipTrunkIds, ids));
  }
}

function namesIn(sipTrunkIds: readonly string[], ids: ReadonlyMap<string, string>): string[] {
  return sipTrunkIds.flatMap((id) => ids.get(id) ?? []);
}
