import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';

export interface BlockedCaller {
  id: string;
  /** E.164. */
  number: string;
  reason: string;
  createdAt: Date;
}

const COLUMNS = ['id', 'number', 'reason', 'createdAt'] as const;

/** Whether an organization takes no calls from the number. */
export async function isBlocked(
  db: Database,
  organizationId: string,
  e164: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('blockedCallers')
    .select('number')
    .where('organizationId', '=', organizationId)
    .where('number', '=', e164)
    .executeTakeFirst();
  return row !== undefined;
}

/** Blocks a number; one that is blocked already gets the new reason. */
export async function blockCaller(
  db: Database,
  organizationId: string,
  caller: { number: string; reason: string },
): Promise<BlockedCaller> {
  return db
    .insertInto('blockedCallers')
    .values({ organizationId, ...caller })
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'number']).doUpdateSet({ reason: caller.reason }),
    )
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** @returns whether it was blocked */
export async function unblockCaller(
  db: Database,
  organizationId: string,
  e164: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('blockedCallers')
    .where('organizationId', '=', organizationId)
    .where('number', '=', e164)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Unblocks the number of a row, and answers it; undefined where there is none. */
export async function deleteBlockedCaller(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<BlockedCaller | undefined> {
  return db
    .deleteFrom('blockedCallers')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** The newest first, from behind one on. */
export async function listBlockedCallerPage(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<BlockedCaller[]> {
  let query = db
    .selectFrom('blockedCallers')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null) query = query.where(isBehind('blockedCallers', { organizationId, after }));
  return query.execute();
}

/** Newest first. */
export async function listBlockedCallers(
  db: Database,
  organizationId: string,
): Promise<BlockedCaller[]> {
  return db
    .selectFrom('blockedCallers')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt', 'desc')
    .orderBy('number')
    .execute();
}
