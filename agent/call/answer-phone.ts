import type { Room } from '@livekit/rtc-node';
import type { PhoneMetadata } from '../../calls/call-metadata.ts';
import { findDialledNumber } from '../../db/phone/phone-numbers.ts';
import type { OrganizationNumber } from '../../db/phone/phone-numbers.ts';
import type { Database } from '../../db/database.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import type { AnsweredCall, OpenCallOptions } from './open-call.ts';
import { openCall } from './open-call.ts';
import { waitForPhoneCaller } from '../line/phone-caller.ts';

/** The phone's participant comes before the job: one who is not there has hung up. */
const NOBODY_CAME = 5_000;

/**
 * Opens the call of who called one of our numbers. The line rings until the agent's track is heard:
 * nothing here waits for the calendar or the model.
 *
 * @returns null when no phone line came
 * @throws {CallRefusedError} nobody answers that number, or see `openCall`
 */
export async function answerPhone(
  metadata: PhoneMetadata,
  options: Omit<OpenCallOptions, 'metadata' | 'line' | 'phone'>,
  { room, connected }: { room: Room; connected: Promise<void> },
): Promise<AnsweredCall | null> {
  await connected;
  const caller = await waitForPhoneCaller(room, NOBODY_CAME);
  if (!caller) return null;
  if (caller.isForged) {
    throw new CallRefusedError(
      'The caller pretends to be a network of the trunk. Let only your carrier reach the SIP port (firewall), or give the trunk digest credentials: docs/phone.md.',
      { spoken: 'not-in-service' },
    );
  }
  const number = await findAnswered(options.db, caller.dialled);
  const call = await openCall({
    ...options,
    metadata: { agentId: number.agentId, caller: {}, rehearsal: metadata.rehearsal },
    line: 'phone',
    phone: {
      phoneNumberId: number.id,
      numbers: { caller: caller.number, dialled: number.number },
      sipCallId: caller.sipCallId,
    },
  });
  return { call, callerName: null, phone: caller };
}

async function findAnswered(db: Database, dialled: string | null): Promise<OrganizationNumber> {
  if (dialled === null) {
    throw new CallRefusedError(
      'The trunk does not say which number was called. List the numbers on the inbound trunk: `slotline numbers sync`.',
      { spoken: 'not-in-service' },
    );
  }
  const number = await findDialledNumber(db, dialled);
  if (!number) {
    throw new CallRefusedError(
      `Nobody answers ${dialled}: it is not a number of ours. Add it: \`slotline numbers add ${dialled} --agent SLUG\`.`,
      { spoken: 'not-in-service' },
    );
  }
  if (!number.inbound) {
    throw new CallRefusedError(
      `${dialled} is set not to be answered. Change that: \`slotline numbers edit ${dialled} --enable\`.`,
      { spoken: 'not-in-service' },
    );
  }
  return number;
}
