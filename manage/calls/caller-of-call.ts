import { findWholeCall } from '../../db/calls/whole-call.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { Database } from '../../db/database.ts';
import { forgetPerson } from '../../db/forgetting/forget-person.ts';
import type { Forgotten } from '../../db/forgetting/forget-person.ts';
import { blockNumber } from '../callers.ts';
import { forget, readPerson } from '../forget.ts';
import { ManageError } from '../manage-error.ts';

interface CallKey {
  organizationId: string;
  callId: string;
}

/** What would be forgotten of whom, told before it is. */
export interface Forgettable {
  /** A number with its country, or an e-mail address. */
  person: string;
  forgotten: Forgotten;
}

/**
 * By what the people of a call are known, the number of the line first: numbers and addresses that were
 * booked with or left, not those that were only said.
 */
export function peopleOf(call: Pick<WholeCall, 'callerNumber' | 'intents' | 'messages'>): string[] {
  const { callerNumber, intents, messages } = call;
  const named = [
    callerNumber,
    ...intents.flatMap(({ attendee }) => [attendee.phone, attendee.email]),
    ...messages.flatMap(({ callbackNumber, email }) => [callbackNumber, email]),
  ];
  return [...new Set(named.flatMap((one) => one?.toLowerCase() ?? []))];
}

/**
 * Tells for each person of a call what would be forgotten of them, and forgets nothing.
 * @throws {ManageError} there is no such call
 */
export async function previewForgetting(db: Database, key: CallKey): Promise<Forgettable[]> {
  const { organizationId } = key;
  const previews: Forgettable[] = [];
  for (const person of peopleOf(await findCall(db, key))) {
    previews.push({
      person,
      forgotten: await forget(db, organizationId, { person, dryRun: true }),
    });
  }
  return previews;
}

/**
 * Forgets a person of a call, as `slotline forget` does.
 * @throws {ManageError} there is no such call, or that is none of its people
 */
export async function forgetCaller(
  transaction: Database,
  key: CallKey,
  person: string,
): Promise<Forgotten> {
  if (!peopleOf(await findCall(transaction, key)).includes(person.toLowerCase())) {
    throw new ManageError('must be a number or an address of this call', { field: 'person' });
  }
  const { organizationId } = key;
  return forgetPerson(transaction, { organizationId, ...readPerson(person) });
}

/**
 * Takes no phone call any more from the number of a call.
 * @throws {ManageError} there is no such call, or it has no number
 */
export async function blockCallerOf(db: Database, key: CallKey, reason: string): Promise<void> {
  const { callerNumber } = await findCall(db, key);
  if (callerNumber === null) {
    throw new ManageError('This call has no number that could be blocked.', {
      field: 'callId',
      fault: 'missing',
    });
  }
  await blockNumber(db, key.organizationId, { number: callerNumber, reason });
}

async function findCall(db: Database, { organizationId, callId }: CallKey): Promise<WholeCall> {
  const call = await findWholeCall(db, { organizationId, id: callId, rehearsals: false });
  if (call) return call;
  throw new ManageError('There is no such call.', { field: 'callId', fault: 'missing' });
}
