import { admitCall } from './admit-call.ts';
import type { CallAdmission } from './admit-call.ts';
import type { LineNumbers } from './line-numbers.ts';
import { insertCall } from '../db/calls/calls.ts';
import type { NewCall } from '../db/calls/calls.ts';
import type { Database } from '../db/database.ts';
import type { CallLimits } from '../db/calls/call-limits.ts';
import { CallRefusedError } from './call-refused-error.ts';
import type { SpokenRefusal } from './call-refused-error.ts';

/** Where a phone call comes from and went to. */
export interface PhoneOrigin {
  phoneNumberId: string;
  numbers: LineNumbers;
  sipCallId: string | null;
}

type Refusal = (CallAdmission & { admitted: false })['reason'];

const REFUSALS: Record<Refusal, { message: string; spoken: SpokenRefusal }> = {
  blocked: {
    message:
      'The caller is blocked. To let them in: `slotline callers unblock NUMBER`; all that are blocked: `slotline callers list`.',
    spoken: 'caller-blocked',
  },
  'caller-limit': {
    message:
      'The caller has called more often in the last hour than one caller may. To allow more: `slotline numbers limits --calls-per-caller-an-hour NUMBER`.',
    spoken: 'called-too-often',
  },
  'visitor-limit': {
    message:
      'As many calls of one address are open as a visitor may have. To allow more: `slotline numbers limits --calls-per-visitor-at-once NUMBER`.',
    spoken: 'calls-open',
  },
  'web-limit': {
    message:
      'As many calls are open on the web as the phone leaves it. To allow more: `slotline numbers limits --calls-at-once NUMBER --kept-for-phone PERCENT`.',
    spoken: 'lines-busy',
  },
  'organization-limit': {
    message:
      'As many calls are open, by phone and on the web, as may be at once. To allow more: `slotline numbers limits --calls-at-once NUMBER`.',
    spoken: 'lines-busy',
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
      const { message, spoken } = REFUSALS[admission.reason];
      throw new CallRefusedError(message, { spoken });
    }
    if (!phone) return insertCall(transaction, row);
    const { phoneNumberId, sipCallId } = phone;
    return insertCall(transaction, { ...row, phoneNumberId, callerNumber, sipCallId });
  });
}
