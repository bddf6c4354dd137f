import {
  countCallsAtOnce,
  countCallsOfCaller,
  countCallsOfVisitors,
  lockCallCount,
} from '../db/calls/open-calls.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';
import type { Database } from '../db/database.ts';
import { isBlocked } from '../db/phone/blocked-callers.ts';
import { hasAnsweredNumber } from '../db/phone/phone-numbers.ts';
import { NETWORK_SHARES } from './visitor-networks.ts';

export type CallAdmission =
  | { admitted: true }
  | {
      admitted: false;
      reason: 'blocked' | 'caller-limit' | 'visitor-limit' | 'organization-limit' | 'web-limit';
    };

/** Who calls, as far as limits ask. */
export interface Caller {
  organizationId: string;
  line: 'phone' | 'web';
  /** E.164; null on the web and where it is withheld. */
  callerNumber: string | null;
  /** The digest of a visitor's address; null by phone and where it is not known. */
  visitor: string | null;
}

/**
 * Whether a call may be served. Insert the call's row in the same transaction when it may: until
 * then other calls wait, and the limits hold for any number of calls at the same instant. Calls at
 * once are those by phone and on the web together; a caller with neither number nor address is held to
 * that limit alone.
 */
export async function admitCall(
  transaction: Database,
  { limits, ...caller }: Caller & { limits: CallLimits },
): Promise<CallAdmission> {
  const { organizationId, callerNumber, line } = caller;
  if (callerNumber !== null && (await isBlocked(transaction, organizationId, callerNumber))) {
    return { admitted: false, reason: 'blocked' };
  }
  await lockCallCount(transaction, organizationId);
  if (callerNumber !== null) {
    const calls = await countCallsOfCaller(transaction, organizationId, callerNumber);
    if (calls >= limits.callsPerCallerAnHour) return { admitted: false, reason: 'caller-limit' };
  }
  if (await isVisitorAtLimit(transaction, caller, limits)) {
    return { admitted: false, reason: 'visitor-limit' };
  }
  const { all, web } = await countCallsAtOnce(transaction, organizationId, limits);
  if (all >= limits.callsAtOnce) return { admitted: false, reason: 'organization-limit' };
  if (line === 'phone') return { admitted: true };
  const kept = (await hasAnsweredNumber(transaction, organizationId)) ? keptLines(limits) : 0;
  return web >= limits.callsAtOnce - kept
    ? { admitted: false, reason: 'web-limit' }
    : { admitted: true };
}

/**
 * Whether a visitor has as many calls open as one may have, or the visitors of a network around them
 * as many as these may have together; false where nobody knows.
 */
export async function isVisitorAtLimit(
  db: Database,
  { organizationId, visitor }: Pick<Caller, 'organizationId' | 'visitor'>,
  limits: CallLimits,
): Promise<boolean> {
  if (visitor === null) return false;
  const beginnings = [
    { beginning: visitor, share: 1 },
    ...NETWORK_SHARES.filter((network) => network.beginning < visitor.length).map(
      ({ beginning, share }) => ({ beginning: visitor.slice(0, beginning), share }),
    ),
  ];
  for (const { beginning, share } of beginnings) {
    const calls = await countCallsOfVisitors(db, { organizationId, beginning }, limits);
    if (calls >= share * limits.callsPerVisitorAtOnce) return true;
  }
  return false;
}

function keptLines({ callsAtOnce, keptForPhone }: CallLimits): number {
  return Math.floor((callsAtOnce * keptForPhone) / 100);
}
