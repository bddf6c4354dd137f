import { isBlocked } from '../db/phone/blocked-callers.ts';
import type { Database } from '../db/database.ts';
import { countCallsAtOnce, countCallsOfCaller, lockCallCount } from '../db/calls/phone-calls.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';

export type CallAdmission =
  | { admitted: true }
  | { admitted: false; reason: 'blocked' | 'caller-limit' | 'organization-limit' };

/**
 * Whether a call may be served. Insert the call's row in the same transaction when it may: until
 * then other calls wait, and the limits hold for any number of calls at the same instant. Calls at
 * once are those by phone and on the web together.
 *
 * @param call.callerNumber E.164; null on the web and where it is withheld: such a caller is held to
 *   the organization's limit alone
 */
export async function admitCall(
  transaction: Database,
  call: { organizationId: string; callerNumber: string | null; limits: CallLimits },
): Promise<CallAdmission> {
  const { organizationId, callerNumber, limits } = call;
  if (callerNumber !== null && (await isBlocked(transaction, organizationId, callerNumber))) {
    return { admitted: false, reason: 'blocked' };
  }
  await lockCallCount(transaction, organizationId);
  if (callerNumber !== null) {
    const calls = await countCallsOfCaller(transaction, organizationId, callerNumber);
    if (calls >= limits.callsPerCallerAnHour) return { admitted: false, reason: 'caller-limit' };
  }
  const atOnce = await countCallsAtOnce(transaction, organizationId, limits);
  return atOnce >= limits.callsAtOnce
    ? { admitted: false, reason: 'organization-limit' }
    : { admitted: true };
}
