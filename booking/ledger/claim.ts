import { findIntent } from '../../db/booking-intents.ts';
import type { Intent } from '../../db/booking-intents.ts';
import { claimIntent, listRivals } from '../../db/intent-claims.ts';
import type { ClaimResult } from '../../db/intent-claims.ts';
import { reached } from './crash-point.ts';
import { USUAL_DEADLINES } from './deadlines.ts';
import type { OperationContext } from './ledger-context.ts';
import { releaseStaleRivals } from './release-stale-rivals.ts';

export type Claim =
  | { state: 'claimed'; intent: Intent }
  /** `isOpen`: the intent is not refused yet. */
  | { state: 'taken'; isOpen: boolean }
  /** Another move or cancellation of the same appointment is not settled yet. */
  | { state: 'changing' }
  /** The same request runs already, in another place; the intent is as it is now. */
  | { state: 'running'; intent: Intent };

/**
 * Claims an intent's time for it, so that exactly one of any number of racing callers has it. A
 * rival whose booking no longer stands at the provider, because its news was missed, gives way.
 */
export async function claimTime(
  context: OperationContext,
  intent: Intent,
  ownReference: string | null,
): Promise<Claim> {
  let claim = await tryToClaim(context, intent, ownReference);
  if (claim.result === 'contested') {
    const rivals = await listRivals(context.db, intent, ownReference);
    if (await releaseStaleRivals(context, intent, rivals)) {
      claim = await tryToClaim(context, intent, ownReference);
    }
  }
  switch (claim.result) {
    case 'claimed':
      return { state: 'claimed', intent: claim.intent };
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
