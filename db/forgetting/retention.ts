import type { Database } from '../database.ts';

/** Days that what names people is kept. */
export interface Retention {
  /** What was said in a call and what its tools were asked and answered, from its beginning. */
  transcriptDays: number;
  /** The caller's number and the appointment on a call's row, from its beginning. */
  callerDays: number;
  /** Messages taken, from when somebody has seen to them. */
  messageDays: number;
  /** The attendees of appointments, from the appointment's end. */
  attendeeDays: number;
}

/** Of an organization that set nothing; the same as the columns' defaults. */
export const DEFAULT_RETENTION: Retention = {
  transcriptDays: 30,
  callerDays: 90,
  messageDays: 90,
  attendeeDays: 365,
};

/** What the organization set, or the defaults. */
export async function readRetention(db: Database, organizationId: string): Promise<Retention> {
  const row = await db
    .selectFrom('retentionSettings')
    .select(['transcriptDays', 'callerDays', 'messageDays', 'attendeeDays'])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst();
  return row ?? DEFAULT_RETENTION;
}

/**
 * Changes what is given.
 * @throws SQLSTATE 23514 when a time is out of its bounds
 */
export async function updateRetention(
  db: Database,
  organizationId: string,
  change: Partial<Retention>,
): Promise<void> {
  await db
    .insertInto('retentionSettings')
    .values({ organizationId, ...change })
    .onConflict((conflict) =>
      Object.keys(change).length === 0
        ? conflict.doNothing()
        : conflict.column('organizationId').doUpdateSet(change),
    )
    .execute();
}
