import { sql } from 'kysely';
import { ago, later } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

export interface CodeKey {
  organizationId: string;
  callId: string;
  /** In lower case. */
  email: string;
}

/** Writes a code that is to be mailed; it proves something in its own call, for so many milliseconds. */
export async function insertMailedCode(
  db: Database,
  key: CodeKey,
  { code, validFor }: { code: string; validFor: number },
): Promise<{ id: string; mailedAt: Date; expiresAt: Date }> {
  return db
    .insertInto('mailedCodes')
    .values({
      ...key,
      code,
      expiresAt: later(validFor),
    })
    .returning(['id', 'mailedAt', 'expiresAt'])
    .executeTakeFirstOrThrow();
}

/** How many codes were mailed to an address in the last so many milliseconds. */
export async function countMailedCodes(
  db: Database,
  { organizationId, email }: Omit<CodeKey, 'callId'>,
  within: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('mailedCodes')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('email', '=', email)
    .where('mailedAt', '>', ago(within))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Tries a code: the newest one of the call for the address counts, once, and a few tries of it.
 * @returns whether it is right
 */
export async function takeMailedCode(
  db: Database,
  { organizationId, callId, email }: CodeKey,
  { code, tries }: { code: string; tries: number },
): Promise<boolean> {
  const { rows } = await sql<{ isRight: boolean }>`
    update mailed_codes
    set tries = tries + 1, used_at = case when code = ${code} then slotline_now() end
    where id = (
      select id from mailed_codes
      where organization_id = ${organizationId} and call_id = ${callId} and email = ${email}
      order by mailed_at desc limit 1 for update)
      and used_at is null and tries < ${tries} and expires_at > slotline_now()
    returning code = ${code} as is_right`.execute(db);
  return rows[0]?.isRight ?? false;
}

/** Forgets codes that expired more than a day ago, which nobody counts any more; answers how many. */
export function purgeCodes(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'mailedCodes', sql`expires_at < slotline_now() - interval '1 day'`, limit);
}
