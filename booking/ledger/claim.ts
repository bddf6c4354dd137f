import type { Intent } from '../../db/booking-intents.ts';
import { claimIntent, isChangeUnderWay, listRivals } from '../../db/intent-claims.ts';
import { findIntent } from '../../db/booking-intents.ts';
import { reached } from './crash-point.ts';
import type { OperationContext } from './ledger-context.ts';
import { releaseStaleRivals } from './release-stale-rivals.ts';

export type Claim =
  | { state: 'claimed'; intent: Intent }
  | { state: 'taken' }
  /** Another move or cancellation of the same appointment is not settled yet. */
  | { state: 'change-under-way' }
  /** The same request runs already, in another place; the intent is as it is now. */
  | { state: 'running'; intent: Intent };

/**
 * Claims an intent's time for it, so that exactly one of any number of racing callers has it.
 * Most losers find a rival before they would wait for the lock. A rival whose booking no longer
 * stands at the provider, because its news was missed, gives way.
 */
export async function claimTime(
  context: OperationContext,
  intent: Intent,
  ownReference: string | null,
): Promise<Claim> {
  // Written as refused: something overlapped a moment ago, or the last time this was asked for.
  const known = intent.state === 'refused' ? await rivalsOf(context, intent, ownReference) : [];
  if (known.length === 0) {
    const claimed = await tryToClaim(context, intent, ownReference);
    if (claimed) return { state: 'claimed', intent: claimed };
    const present = await findIntent(context.db, intent);
    if (present && present.state !== 'requested' && present.state !== 'refused') {
      return { state: 'running', intent: present };
    }
  }
  if (intent.appointmentId !== null && (await isChangeUnderWay(context.db, intent))) {
    return { state: 'change-under-way' };
  }
  const rivals = known.length > 0 ? known : await rivalsOf(context, intent, ownReference);
  if (await releaseStaleRivals(context, intent, rivals)) {
    const claimed = await tryToClaim(context, intent, ownReference);
    if (claimed) return { state: 'claimed', intent: claimed };
  }
  return { state: 'taken' };
}

/** One try, without asking whether who is in the way still stands. */
export function tryToClaim(
  context: OperationContext,
  intent: Intent,
  ownReference: string | null,
): Promise<Intent | undefined> {
  return claimIntent(context.db, intent, ownReference, () => reached(context, 'claiming'));
}

function rivalsOf(context: OperationContext, intent: Intent, ownReference: string | null) {
  return listRivals(context.db, intent, ownReference);
}
