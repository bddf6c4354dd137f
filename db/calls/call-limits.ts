import type { Database } from '../database.ts';

/** How much of its lines an organization lets callers have. */
export interface CallLimits {
  /** By phone and on the web together. */
  callsAtOnce: number;
  /** By phone alone: visitors of a page have no number. */
  callsPerCallerAnHour: number;
  /** By phone and on the web. */
  longestCallMinutes: number;
  /** Open calls of one address, on the web alone. */
  callsPerVisitorAtOnce: number;
  /** Percent of `callsAtOnce` that the web leaves to the phone, where there is a number to call. */
  keptForPhone: number;
}

/** Of an organization that set nothing; the same as the columns' defaults. */
export const DEFAULT_CALL_LIMITS: CallLimits = {
  callsAtOnce: 20,
  callsPerCallerAnHour: 30,
  longestCallMinutes: 30,
  callsPerVisitorAtOnce: 4,
  keptForPhone: 25,
};

/** What the organization set, or the defaults. */
export async function readCallLimits(db: Database, organizationId: string): Promise<CallLimits> {
  const row = await db
    .selectFrom('callLimits')
    .select([
      'callsAtOnce',
      'callsPerCallerAnHour',
      'longestCallMinutes',
      'callsPerVisitorAtOnce',
      'keptForPhone',
    ])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
  return row ?? DEFAULT_CALL_LIMITS;
}

/**
 * Changes what is given.
 * @throws SQLSTATE 23514 when a limit is out of its bounds
 */
export async function updateCallLimits(
  db: Database,
  organizationId: string,
  change: Partial<CallLimits>,
): Promise<void> {
  await db
    .insertInto('callLimits')
    .values({ organizationId, ...change })
    .onConflict((conflict) =>
      Object.keys(change).length === 0
        ? conflict.doNothing()
        : conflict.column('organizationId').doUpdateSet(change),
    )
    .execute();
}
