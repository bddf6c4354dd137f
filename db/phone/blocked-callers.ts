import type { Database } from '../database.ts';

export interface BlockedCaller {
  /** E.164. */
  number: string;
  reason: string;
  createdAt: Date;
}

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
): Promise<void> {
  await db
    .insertInto('blockedCallers')
    .values({ organizationId, ...caller })
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'number']).doUpdateSet({ reason: caller.reason }),
    )
    .execute();
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

/** Newest first. */
export async function listBlockedCallers(
  db: Database,
  organizationId: string,
): Promise<BlockedCaller[]> {
  return db
    .selectFrom('blockedCallers')
    .select(['number', 'reason', 'createdAt'])
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt', 'desc')
    .orderBy('number')
    .execute();
}
