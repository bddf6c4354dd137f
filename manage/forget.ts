import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { forgetPerson } from '../db/forgetting/forget-person.ts';
import type { Forgotten, Person } from '../db/forgetting/forget-person.ts';
import { readRetention, updateRetention } from '../db/forgetting/retention.ts';
import type { Retention } from '../db/forgetting/retention.ts';
import { EmailAddressSchema } from '../runtime/given/email-address.ts';
import { parseInput } from './parse-input.ts';
import { CallerNumberSchema } from './parse-number.ts';

const NumberOfPersonSchema = z
  .string()
  .regex(/\d/, 'must be a number with its country code, such as +12025550123, or an e-mail address')
  .pipe(CallerNumberSchema);

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
  const known = { organizationId, ...readPerson(input.person) };
  const transaction = await db.startTransaction().execute();
  try {
    const forgotten = await forgetPerson(transaction, known);
    await (input.dryRun ? transaction.rollback() : transaction.commit()).execute();
    return forgotten;
  } catch (error) {
    if (!transaction.isCommitted && !transaction.isRolledBack) {
      await transaction.rollback().execute();
    }
    throw error;
  }
}

/**
 * Reads by what a person is known: a phone number with its country, or an e-mail address.
 * @throws {ManageError}
 */
export function readPerson(given: unknown): Pick<Person, 'email' | 'phone'> {
  const isEmail = typeof given === 'string' && given.includes('@');
  const { person } = parseInput(
    z.strictObject({ person: isEmail ? EmailAddressSchema : NumberOfPersonSchema }),
    { person: given },
  );
  return isEmail ? { email: person.toLowerCase(), phone: null } : { email: null, phone: person };
}

const DaysSchema = z
  .int('must be a whole number of days')
  .min(1, 'must be 1 at least')
  .max(3650, 'must be 3650 at most')
  .exactOptional();

export const RetentionSchema = z.strictObject({
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
