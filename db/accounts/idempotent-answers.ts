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

/** Reads what was stored under a key; undefined where it is free. */
export async function findStoredAnswer(
  db: Database,
  { owner, key }: { owner: string; key: string },
): Promise<(StoredAnswer & { age: number }) | undefined> {
  return db
    .selectFrom('idempotentAnswers')
    .select([
      'requestDigest',
      'status',
      'headers',
      'body',
      sql<number>`(extract(epoch from slotline_now() - created_at) * 1000)::float8`.as('age'),
    ])
    .where('owner', '=', owner)
    .where('key', '=', key)
    .executeTakeFirst();
}

/** Gives a key free again that no answer was stored under. */
export async function releaseIdempotencyKey(
  db: Database,
  { owner, key }: { owner: string; key: string },
): Promise<void> {
  await db
    .deleteFrom('idempotentAnswers')
    .where('owner', '=', owner)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute();
}

/** Stores an answer unless one is; answers whether it did. */
export async function storeAnswer(
  transaction: Database,
  request: { owner: string; key: string },
  answer: { status: number; headers: Record<string, string>; body: unknown },
): Promise<boolean> {
  const stored = await transaction
    .updateTable('idempotentAnswers')
    .set({
      status: answer.status,
      headers: JSON.stringify(answer.headers),
      body: JSON.stringify(answer.body),
    })
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .where('status', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return stored !== undefined;
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
