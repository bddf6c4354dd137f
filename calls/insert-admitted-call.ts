import { admitCall } from './admit-call.ts';
import type { CallAdmission } from './admit-call.ts';
import type { LineNumbers } from './line-numbers.ts';
import { insertCall } from '../db/calls/calls.ts';
import type { NewCall } from '../db/calls/calls.ts';
import type { Database } from '../db/database.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';
import { CallRefusedError } from './call-refused-error.ts';

/** Where a phone call comes from and went to. */
export interface PhoneOrigin {
  phoneNumberId: string;
  numbers: LineNumbers;
  sipCallId: string | null;
}

type Refusal = (CallAdmission & { admitted: false })['reason'];

const BUSY =
  'I am sorry, all our lines are busy at the moment. Please call again in a few minutes. Goodbye.';

const REFUSALS: Record<Refusal, { message: string; sentence: string }> = {
  blocked: {
    message:
      'The caller is blocked. See: npm run slotline -- callers list; to let them in: npm run slotline -- callers unblock.',
    sentence: 'I am sorry, we cannot take your call. Goodbye.',
  },
  'caller-limit': {
    message:
      'The caller has called more often in the last hour than call_limits.calls_per_caller_an_hour allows.',
    sentence: 'I am sorry, you have called very often. Please call again later. Goodbye.',
  },
  'visitor-limit': {
    message:
      'As many calls of one address are open as call_limits.calls_per_visitor_at_once allows. See: npm run slotline -- numbers limits',
    sentence:
      'I am sorry, several calls from your connection are open already. Please end one of them and call again. Goodbye.',
  },
  'web-limit': {
    message:
      'As many calls are open on the web as call_limits.calls_at_once and kept_for_phone allow. See: npm run slotline -- numbers limits',
    sentence: BUSY,
  },
  'organization-limit': {
    message:
      'As many calls are open, by phone and on the web, as call_limits.calls_at_once allows. See: npm run slotline -- numbers limits',
    sentence: BUSY,
  },
};

/**
 * Opens the row of a call that may be served.
 *
 * @param options.phone absent on the web
 * @throws {CallRefusedError} the caller is blocked, or there are too many calls, of theirs or of all
 */
export async function insertAdmittedCall(
  db: Database,
  row: NewCall & { line: 'phone' | 'web' },
  { phone, limits }: { phone: PhoneOrigin | undefined; limits: CallLimits },
): Promise<string> {
  const { organizationId, line, visitor = null } = row;
  const callerNumber = phone?.numbers.caller ?? null;
  return db.transaction().execute(async (transaction) => {
    const admission = await admitCall(transaction, {
      organizationId,
      line,
      callerNumber,
      visitor,
      limits,
    });
    if (!admission.admitted) {
      const { message, sentence } = REFUSALS[admission.reason];
      throw new CallRefusedError(message, { sentence });
    }
    if (!phone) return insertCall(transaction, row);
    const { phoneNumberId, sipCallId } = phone;
    return insertCall(transaction, { ...row, phoneNumberId, callerNumber, sipCallId });
  });
}
