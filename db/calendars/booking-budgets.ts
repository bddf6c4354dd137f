import { sql } from 'kysely';
import { later } from '../clock.ts';
import type { Database } from '../database.ts';
import type { CredentialKey } from './credential-limits.ts';

/** The bookings that were sent to a provider with a credential lately, in order of time. */
export interface SentBookings {
  sent: Date[];
  refusedUntil: Date | null;
  /** By the database's clock. */
  now: Date;
}

export async function readSentBookings(
  db: Database,
  { calendarConnectionId }: CredentialKey,
): Promise<SentBookings> {
  const { rows } = await sql<SentBookings>`
    select coalesce(sent, '{}') as sent, refused_until as "refusedUntil", slotline_clock() as now
    from (select 1) as one
    left join booking_budgets on calendar_connection_id = ${calendarConnectionId}
  `.execute(db);
  return only(rows);
}

/**
 * Notes one more booking as sent, one process after the other.
 * @param decide what of the former is kept; null where none may be sent now
 */
export async function takeBooking(
  db: Database,
  { calendarConnectionId }: CredentialKey,
  decide: (before: SentBookings) => Date[] | null,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('bookingBudgets')
      .values({ calendarConnectionId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    // The clock is read once the row is ours, and not when others were waited for.
    await transaction
      .selectFrom('bookingBudgets')
      .select('calendarConnectionId')
      .where('calendarConnectionId', '=', calendarConnectionId)
      .forUpdate()
      .execute();
    const before = await readSentBookings(transaction, { calendarConnectionId });
    const kept = decide(before);
    if (kept === null) return;
    await transaction
      .updateTable('bookingBudgets')
      .set({ sent: [...kept, before.now] })
      .where('calendarConnectionId', '=', calendarConnectionId)
      .execute();
  });
}

/** Notes that the provider takes no booking for so many milliseconds. */
export async function noteBookingsRefused(
  db: Database,
  { calendarConnectionId }: CredentialKey,
  milliseconds: number,
): Promise<void> {
  const refusedUntil = later(milliseconds);
  await db
    .insertInto('bookingBudgets')
    .values({ calendarConnectionId, refusedUntil })
    .onConflict((conflict) => conflict.column('calendarConnectionId').doUpdateSet({ refusedUntil }))
    .execute();
}

function only(rows: readonly SentBookings[]): SentBookings {
  const [row] = rows;
  if (!row) throw new Error('The database did not say what was booked lately.');
  return row;
}
