import { sql } from 'kysely';
import { ago } from '../clock.ts';
import { DEAD_CALL } from './call-lease.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';

/**
 * Until the transaction ends, no other one counts the calls of the organization: of several calls at
 * the same instant each sees those before it.
 */
export async function lockCallCount(transaction: Database, organizationId: string): Promise<void> {
  await takeLock(transaction, LOCKS.callCount(organizationId));
}

/**
 * Calls of an organization that are open, by phone and on the web, by the database's clock. One that
 * a killed process left open stops counting when its signs of life fail to come.
 */
export async function countCallsAtOnce(
  db: Database,
  organizationId: string,
  limits: { longestCallMinutes: number },
): Promise<{ all: number; web: number }> {
  const { all, web } = await openCalls(db, organizationId, limits)
    .select((select) => [
      select.fn.countAll().as('all'),
      select.fn.countAll().filterWhere('line', '=', 'web').as('web'),
    ])
    .executeTakeFirstOrThrow();
  return { all: Number(all), web: Number(web) };
}

/**
 * Open calls of the visitors whose digests begin so, likewise.
 * @param beginning the digest of one visitor, or that part of it which a whole network shares
 */
export async function countCallsOfVisitors(
  db: Database,
  { organizationId, beginning }: { organizationId: string; beginning: string },
  limits: { longestCallMinutes: number },
): Promise<number> {
  const { count } = await openCalls(db, organizationId, limits)
    .select((select) => select.fn.countAll().as('count'))
    .where(sql<boolean>`starts_with(visitor, ${beginning})`)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Forgets whose calls they were that a killed process left open a day ago, so many at most; answers
 * how many. Of a call that is over it is forgotten at once.
 */
export async function forgetVisitors(db: Database, limit: number): Promise<number> {
  const left = db
    .selectFrom('calls')
    .select('id')
    .where('visitor', 'is not', null)
    .where('lastSignAt', '<', ago(86_400_000))
    .limit(limit);
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set({ visitor: null })
    .where('id', 'in', left)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Phone calls of the last hour from this number, by the database's clock. */
export async function countCallsOfCaller(
  db: Database,
  organizationId: string,
  e164: string,
): Promise<number> {
  const { count } = await db
    .selectFrom('calls')
    .select((select) => select.fn.countAll().as('count'))
    .where('organizationId', '=', organizationId)
    .where('line', '=', 'phone')
    .where('callerNumber', '=', e164)
    .where('startedAt', '>', ago(3_600_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function openCalls(
  db: Database,
  organizationId: string,
  { longestCallMinutes }: { longestCallMinutes: number },
) {
  return db
    .selectFrom('calls')
    .where('organizationId', '=', organizationId)
    .where('line', 'in', ['phone', 'web'])
    .where('endedAt', 'is', null)
    .where('startedAt', '>', ago(longestCallMinutes * 60_000))
    .where('lastSignAt', '>', ago(DEAD_CALL.isNotCounted));
}
