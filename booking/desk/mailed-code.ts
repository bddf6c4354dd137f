import { randomInt } from 'node:crypto';
import { countMailedCodes, insertMailedCode, takeMailedCode } from '../../db/calls/mailed-codes.ts';
import { isMailGoingOut } from '../../db/messages/outbox-messages.ts';
import { queueCode } from '../outbox/queue-code.ts';
import { CODE_DIGITS } from './prove-caller.ts';
import { findByEmail } from './upcoming-appointments.ts';
import type { LookUpContext } from './upcoming-appointments.ts';

/** Milliseconds: to find the mail and say what it says. */
const VALID_FOR = 600_000;
const TRIES = 3;
const DAY = 86_400_000;
/** For one address, in all calls together. */
const CODES_A_DAY = 3;

/** Whether a code can be offered: mail that waits for a server would keep the caller waiting too. */
export function canMailCode({ db }: LookUpContext): Promise<boolean> {
  return isMailGoingOut(db);
}

/**
 * Mails a code to an address, where an appointment was made with it that is to come. Nothing that is
 * answered tells whether one was. Throws what the calendar throws.
 * @param email in lower case
 */
export async function mailCode(email: string, context: LookUpContext): Promise<void> {
  const { db, organizationId, agentId, callId } = context;
  const language = context.language.now;
  const [upcoming] = await findByEmail(email, context);
  const { name, email: address } = upcoming?.booking.attendee ?? { name: '', email: null };
  if (!upcoming || address === null) return;
  await db.transaction().execute(async (transaction) => {
    const key = { organizationId, callId, email };
    if ((await countMailedCodes(transaction, key, DAY)) >= CODES_A_DAY) return;
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    const mailed = await insertMailedCode(transaction, key, { code, validFor: VALID_FOR });
    await queueCode(transaction, {
      ...mailed,
      organizationId,
      agentId,
      code,
      name,
      address,
      language,
    });
  });
}

/** Whether it is the code that this call had mailed to the address; each is good for one use. */
export function isMailedCode(
  email: string,
  code: string,
  { db, organizationId, callId }: LookUpContext,
): Promise<boolean> {
  return takeMailedCode(db, { organizationId, callId, email }, { code, tries: TRIES });
}
