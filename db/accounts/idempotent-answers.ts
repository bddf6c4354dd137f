import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

/** What was answered to a request that may come again. */
export interface StoredAnswer {
  requestDigest: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: unknown;
}

/**
 * Takes a key of an owner's for a request, in the transaction of what it does: undefined where it is
 * the first, else what was stored. One that is under way elsewhere is waited for.
 */
export async function takeIdempotencyKey(
  transaction: Database,
  request: { owner: string; key: string; requestDigest: string },
): Promise<StoredAnswer | undefined> {
  const taken = await transaction
    .insertInto('idempotentAnswers')
    .values(request)
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (taken) return undefined;
  return transaction
    .selectFrom('idempotentAnswers')
    .select(['requestDigest', 'status', 'headers', 'body'])
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .executeTakeFirst();
}

/** Whether a request of that key was answered before. */
export async function hasAnswer(
  db: Database,
  request: { owner: string; key: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('idempotentAnswers')
    .select('id')
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .executeTakeFirst();
  return row !== undefined;
}

export async function storeAnswer(
  transaction: Database,
  request: { owner: string; key: string },
  answer: { status: number; headers: Record<string, string>; body: unknown },
): Promise<void> {
  await transaction
    .updateTable('idempotentAnswers')
    .set({
      status: answer.status,
      headers: JSON.stringify(answer.headers),
      body: JSON.stringify(answer.body),
    })
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .execute();
}

/** Forgets those of more than a day ago, so many at most; answers how many. */
export function purgeAnswers(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'idempotentAnswers',
    sql`created_at < slotline_now() - interval '1 day'`,
    limit,
  );
}
