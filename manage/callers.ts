import { z } from 'zod';
import { ManageError } from './manage-error.ts';
import { maskAttendee } from './masked-attendee.ts';
import { parseInput, TextSchema } from './parse-input.ts';
import {
  blockCaller,
  deleteBlockedCaller,
  listBlockedCallers,
  unblockCaller,
} from '../db/phone/blocked-callers.ts';
import type { BlockedCaller } from '../db/phone/blocked-callers.ts';
import type { Database } from '../db/database.ts';
import { BlockableNumberSchema, CallerNumberSchema } from './parse-number.ts';

export const BlockSchema = z.strictObject({
  number: BlockableNumberSchema,
  reason: TextSchema.max(500, 'must have 500 characters at most').default(''),
});

const UnblockSchema = z.strictObject({ number: CallerNumberSchema });

/**
 * No call from the number is taken any more.
 * @throws {ManageError}
 */
export async function blockNumber(
  db: Database,
  organizationId: string,
  input: { number?: unknown; reason?: unknown },
): Promise<BlockedCaller> {
  return blockCaller(db, organizationId, parseInput(BlockSchema, input));
}

/** @throws {ManageError} there is none */
export async function removeBlocked(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<BlockedCaller> {
  const caller = await deleteBlockedCaller(db, key);
  if (caller) return caller;
  throw new ManageError('This caller is not blocked.', {
    field: 'blockedCallerId',
    fault: 'missing',
  });
}

/** @throws {ManageError} also when the number is not blocked */
export async function unblockNumber(
  db: Database,
  organizationId: string,
  input: { number?: unknown },
): Promise<void> {
  const { number } = parseInput(UnblockSchema, input);
  if (await unblockCaller(db, organizationId, number)) return;
  throw new ManageError('is not blocked: see `callers list --show-personal`', { field: 'number' });
}

/** @param options.showPersonal numbers are masked without it */
export async function listBlocked(
  db: Database,
  organizationId: string,
  { showPersonal }: { showPersonal: boolean },
): Promise<BlockedCaller[]> {
  const callers = await listBlockedCallers(db, organizationId);
  return showPersonal
    ? callers
    : callers.map((caller) => ({ ...caller, number: maskNumber(caller.number) }));
}

/** The last digits: enough to tell two apart. */
export function maskNumber(phone: string): string {
  return maskAttendee({ name: '', email: null, phone }).phone ?? '';
}
