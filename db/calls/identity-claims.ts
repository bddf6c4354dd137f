import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { purgeBatch } from '../jobs/purge-batch.ts';

/**
 * Notes that somebody claims to be the owner of an e-mail address, before it is looked up.
 * @param claim.email trimmed and in lower case
 * @returns how many other claims of the last week were not proved
 */
export async function noteClaim(
  db: Database,
  claim: { organizationId: string; email: string },
): Promise<{ id: string; wrongGuesses: number }> {
  const { id } = await db
    .insertInto('identityClaims')
    .values(claim)
    .returning('id')
    .executeTakeFirstOrThrow();
  const { count } = await db
    .selectFrom('identityClaims')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', claim.organizationId)
    .where('email', '=', claim.email)
    .where('proved', '=', false)
    .where('claimedAt', '>', sql<Date>`slotline_now() - interval '7 days'`)
    .where('id', '<>', id)
    .executeTakeFirstOrThrow();
  return { id, wrongGuesses: Number(count) };
}

/** The claim was right: it does not count as a guess. */
export async function noteProof(db: Database, id: string): Promise<void> {
  await db.updateTable('identityClaims').set({ proved: true }).where('id', '=', id).execute();
}

/** Forgets claims that are older than what is counted, so many at most; answers how many. */
export function purgeClaims(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'identityClaims',
    sql`claimed_at < slotline_now() - interval '7 days'`,
    limit,
  );
}
