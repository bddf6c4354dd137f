import { setTimeout as pause } from 'node:timers/promises';
import { findIntent } from '../../db/intents/intents.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { claimIntent, listRivals } from '../../db/intents/claims.ts';
import type { ClaimResult } from '../../db/intents/claims.ts';
import { reached } from './crash-point.ts';
import { USUAL_DEADLINES } from './deadlines.ts';
import type { OperationContext } from './ledger-context.ts';
import { releaseStaleRivals } from './release-stale-rivals.ts';

/** Milliseconds between two tries, while another write is waited for. */
const POLL = 100;

export type Claim =
  /** `begun`: when it was asked for, of `performance.now()`. */
  | { state: 'claimed'; intent: Intent; begun: number }
  /** The provider is being asked for an overlapping time, and that takes too long to wait for. */
  | { state: 'busy' }
  /** `isOpen`: the intent is not refused yet. */
  | { state: 'taken'; isOpen: boolean }
  /** Another move or cancellation of the same appointment is not settled yet. */
  | { state: 'changing' }
  /** The same request runs already, in another place; the intent is as it is now. */
  | { state: 'running'; intent: Intent };

/**
 * Claims an intent's time for it, so that exactly one of any number of racing callers has it. A
 * rival whose booking no longer stands at the provider, because its news was missed, gives way. Where
 * several can be at once, the writes of overlapping times go one after the other: a provider may
 * take two that come together, though one host is left.
 */
export async function claimTime(
  context: OperationContext,
  intent: Intent,
  ownReference: string | null,
): Promise<Claim> {
  const { awaitOthers } = context.deadlines ?? USUAL_DEADLINES;
  const giveUp = performance.now() + awaitOthers;
  let begun = performance.now();
  let claim = await tryToClaim(context, intent, ownReference);
  // Without a connection of the pool in hand: who is waited for needs one too.
  while (claim.result === 'busy' && performance.now() < giveUp) {
    await pause(POLL);
    begun = performance.now();
    claim = await tryToClaim(context, intent, ownReference);
  }
  if (claim.result === 'contested') {
    const rivals = await listRivals(context.db, intent, ownReference);
    if (await releaseStaleRivals(context, intent, rivals)) {
      begun = performance.now();
      claim = await tryToClaim(context, intent, ownReference);
    }
  }
  switch (claim.result) {
    case 'claimed':
      return { state: 'claimed', intent: claim.intent, begun };
    case 'busy':
      return { state: 'busy' };
    case 'running':
      return { state: 'running', intent: (await findIntent(context.db, intent)) ?? intent };
    case 'changing':
      return { state: 'changing' };
    case 'taken':
    case 'contested':
      return { state: 'taken', isOpen: claim.result === 'contested' };
  }
}

/** One try, without asking whether who is in the way still stands. */
export async function tryToClaim(
  context: OperationContext,
  intent: Intent,
  ownReference: string | null,
): Promise<ClaimResult> {
  const believe = (context.deadlines ?? USUAL_DEADLINES).believeRival;
  const claim = claimIntent(context.db, intent, { ownReference, believe });
  await Promise.all([claim, reached(context, 'claiming')]);
  return claim;
}
