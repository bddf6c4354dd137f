import { sql } from 'kysely';
import { ago } from '../clock.ts';
import { SIGN_OF_LIFE_EVERY } from './calls.ts';
import type { Database } from '../database.ts';

/**
 * Until the transaction ends, no other one counts the calls of the organization: of several calls at
 * the same instant each sees those before it.
 */
export async function lockCallCount(transaction: Database, organizationId: string): Promise<void> {
  const lock = `call-count ${organizationId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(transaction);
}

/** Milliseconds; three signs that did not come. */
const DEAD_AFTER = 3 * SIGN_OF_LIFE_EVERY;

/**
 * Calls of an organization that are open, by phone and on the web, by the database's clock. One that
 * a killed process left open stops counting when its signs of life fail to come.
 */
export async function countCallsAtOnce(
  db: Database,
  organizationId: string,
  { longestCallMinutes }: { longestCallMinutes: number },
): Promise<number> {
  const { count } = await calls(db, organizationId)
    .where('line', 'in', ['phone', 'web'])
    .where('endedAt', 'is', null)
    .where('startedAt', '>', ago(longestCallMinutes * 60_000))
    .where('lastSignAt', '>', ago(DEAD_AFTER))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Phone calls of the last hour from this number, by the database's clock. */
export async function countCallsOfCaller(
  db: Database,
  organizationId: string,
  e164: string,
): Promise<number> {
  const { count } = await calls(db, organizationId)
    .where('line', '=', 'phone')
    .where('callerNumber', '=', e164)
    .where('startedAt', '>', ago(3_600_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function calls(db: Database, organizationId: string) {
  return db
    .selectFrom('calls')
    .select((select) => select.fn.countAll().as('count'))
    .where('organizationId', '=', organizationId);
}
