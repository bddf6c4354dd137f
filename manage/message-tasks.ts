import { z } from 'zod';
import { findRole } from '../db/accounts/members.ts';
import type { Database } from '../db/database.ts';
import { findMessageTask, updateMessageTask } from '../db/messages/message-tasks.ts';
import type { MessageTask } from '../db/messages/message-tasks.ts';
import type { Permit } from './accounts/authorize.ts';
import { ManageError } from './manage-error.ts';
import { TextSchema } from './parse-input.ts';

export const MessageChangeSchema = z.strictObject({
  done: z.boolean().exactOptional(),
  urgent: z.boolean().exactOptional(),
  /** A member; null: nobody. */
  assigneeId: z.uuid('must be the id of a member').nullable().exactOptional(),
  note: TextSchema.max(2_000, 'must have 2000 characters at most').exactOptional(),
});

/**
 * @param options `lock`: nobody else changes it until the transaction ends
 * @throws {ManageError} there is no such message
 */
export async function findMessage(
  db: Database,
  key: { organizationId: string; id: string },
  options: { lock?: boolean } = {},
): Promise<MessageTask> {
  const message = await findMessageTask(db, key, options);
  if (message) return message;
  throw new ManageError('There is no such message.', { field: 'messageId', fault: 'missing' });
}

/**
 * Changes what is given of a message. Who saw to it first stays so; it can be opened again.
 * @throws {ManageError} there is no such message, or the one who is to see to it is no member
 */
export async function editMessage(
  transaction: Database,
  { organizationId, actor }: Permit,
  id: string,
  { done, assigneeId, ...fields }: z.output<typeof MessageChangeSchema>,
): Promise<MessageTask> {
  const key = { organizationId, id };
  const message = await findMessage(transaction, key, { lock: true });
  if (assigneeId && !(await findRole(transaction, { organizationId, userId: assigneeId }))) {
    throw new ManageError('is no member of this organization', { field: 'assigneeId' });
  }
  const isDone = message.handledAt !== null;
  const handledBy =
    done === undefined || done === isDone ? {} : { handledBy: done ? actor.name : null };
  const change = { ...fields, ...handledBy, ...(assigneeId === undefined ? {} : { assigneeId }) };
  if (Object.keys(change).length > 0) await updateMessageTask(transaction, key, change);
  return findMessage(transaction, key);
}
