import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { forgetPerson } from '../db/forgetting/forget-person.ts';
import type { Forgotten } from '../db/forgetting/forget-person.ts';
import { readRetention, updateRetention } from '../db/forgetting/retention.ts';
import type { Retention } from '../db/forgetting/retention.ts';
import { EmailAddressSchema } from '../runtime/email-address.ts';
import { parseInput } from './parse-input.ts';
import { CallerNumberSchema } from './parse-number.ts';

/** Thrown to take back what a dry run did. */
class DryRun extends Error {
  override readonly name = 'DryRun';
}

/**
 * Forgets a person, known by a phone number or an e-mail address.
 *
 * @param input.dryRun tells what would be forgotten, and forgets nothing
 * @throws {ManageError}
 */
export async function forget(
  db: Database,
  organizationId: string,
  input: { person?: unknown; dryRun?: boolean },
): Promise<Forgotten> {
  const isEmail = typeof input.person === 'string' && input.person.includes('@');
  const { person } = parseInput(
    z.strictObject({ person: isEmail ? EmailAddressSchema : CallerNumberSchema }),
    { person: input.person },
  );
  const known = isEmail
    ? { email: person.toLowerCase(), phone: null }
    : { email: null, phone: person };
  let forgotten: Forgotten | undefined;
  try {
    await db.transaction().execute(async (transaction) => {
      forgotten = await forgetPerson(transaction, { organizationId, ...known });
      if (input.dryRun) throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  if (!forgotten) throw new Error('Nothing was counted.');
  return forgotten;
}

const DaysSchema = z
  .int('must be a whole number of days')
  .min(1, 'must be 1 at least')
  .max(3650, 'must be 3650 at most')
  .exactOptional();

const RetentionSchema = z.strictObject({
  transcriptDays: DaysSchema,
  callerDays: DaysSchema,
  messageDays: DaysSchema,
  attendeeDays: DaysSchema,
});

export type RetentionInput = { [Field in keyof Retention]?: unknown };

/**
 * Changes what is given of how long an organization keeps what names people, and answers it all.
 * @throws {ManageError}
 */
export async function changeRetention(
  db: Database,
  organizationId: string,
  input: RetentionInput,
): Promise<Retention> {
  const change = parseInput(RetentionSchema, input);
  if (Object.keys(change).length > 0) await updateRetention(db, organizationId, change);
  return readRetention(db, organizationId);
}
