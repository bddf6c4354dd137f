import { z } from 'zod';
import { ManageError } from './manage-error.ts';
import { maskAttendee } from './masked-attendee.ts';
import { parseInput } from './parse-input.ts';
import type { Database } from '../db/database.ts';
import { listMessagesTaken, markHandled } from '../db/messages/messages-taken.ts';
import type { MessageTaken } from '../db/messages/messages-taken.ts';

/** A message that may be shown; null is what is kept back. */
export type ShownMessage = Omit<MessageTaken, 'text'> & { text: string | null };

const FilterSchema = z.strictObject({
  all: z.boolean().default(false),
  limit: z.int('must be a whole number').min(1).max(1_000).default(50),
});

/**
 * Messages that nobody has seen to, urgent ones first, then the oldest; with `all` the handled ones too, newest first.
 * @param options.showPersonal without it names, numbers and addresses are masked, and texts left out
 * @throws {ManageError}
 */
export async function listMessages(
  db: Database,
  organizationId: string,
  input: { all?: unknown; limit?: unknown },
  { showPersonal }: { showPersonal: boolean },
): Promise<ShownMessage[]> {
  const { all, limit } = parseInput(FilterSchema, input);
  const messages = await listMessagesTaken(db, { organizationId, handled: all, limit });
  return showPersonal ? messages : messages.map(mask);
}

const KeySchema = z.strictObject({ id: z.uuid('must be the id that `messages list` shows') });

/** @throws {ManageError} there is no such message */
export async function handleMessage(
  { db, now }: { db: Database; now: () => Date },
  organizationId: string,
  input: { id?: unknown },
): Promise<void> {
  const { id } = parseInput(KeySchema, input);
  if (await markHandled(db, { organizationId, id }, now())) return;
  throw new ManageError('There is no such message: see `messages list --all`.', { field: 'id' });
}

function mask(message: MessageTaken): ShownMessage {
  const { callerName, callbackNumber, email } = message;
  const masked = maskAttendee({ name: callerName ?? '', email, phone: callbackNumber });
  return {
    ...message,
    callerName: callerName === null ? null : masked.name,
    callbackNumber: masked.phone,
    email: masked.email,
    text: null,
  };
}
