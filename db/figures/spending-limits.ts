import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface SpendingLimit {
  /** US dollars of a month. */
  dollars: number;
  /** Percent of it at which somebody is told before it is reached. */
  warnAt: number;
}

/** Null where none is set. */
export async function readSpendingLimit(
  db: Database,
  organizationId: string,
): Promise<SpendingLimit | null> {
  const row = await db
    .selectFrom('spendingLimits')
    .select(['dollars', 'warnAt'])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
  return row ? { ...row, dollars: Number(row.dollars) } : null;
}

/** Sets the limit, or takes it away; of another limit it is told anew. */
export async function writeSpendingLimit(
  db: Database,
  organizationId: string,
  limit: SpendingLimit | null,
): Promise<void> {
  if (limit === null) {
    await db.deleteFrom('spendingLimits').where('organizationId', '=', organizationId).execute();
    return;
  }
  const untold = { ...limit, toldMonth: null, toldPercent: null };
  await db
    .insertInto('spendingLimits')
    .values({ organizationId, ...untold })
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet(untold))
    .execute();
}

/** What was spent in this month beside every limit, of organizations that are no rehearsal's. */
export async function listSpending(
  db: Database,
): Promise<(SpendingLimit & { organizationId: string; month: string; spent: number })[]> {
  const { rows } = await sql<
    SpendingLimit & { organizationId: string; month: string; spent: number }
  >`
    select limits.organization_id, dollars::double precision as dollars, warn_at,
      month::text as month, coalesce((
        select sum(amount) from daily_figures
        where organization_id = limits.organization_id and name = 'cost' and day >= month
      ), 0)::double precision / 1000000000 as spent
    from spending_limits as limits
    join organizations on organizations.id = limits.organization_id and not is_rehearsal
    cross join lateral (
      select date_trunc('month',
        slotline_now() at time zone organization_zone(limits.organization_id))::date as month
    ) as present
    order by limits.organization_id`.execute(db);
  return rows;
}

/** Takes the turn to tell of a percentage in a month; false where it was told already. */
export async function takeSpendingTurn(
  transaction: Database,
  { organizationId, month, percent }: { organizationId: string; month: string; percent: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update spending_limits set told_month = ${month}::date, told_percent = ${percent}::integer
    where organization_id = ${organizationId}
      and (told_month is distinct from ${month}::date or told_percent < ${percent}::integer)`.execute(
    transaction,
  );
  return Number(numAffectedRows ?? 0) > 0;
}
