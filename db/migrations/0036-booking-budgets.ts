import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** How many bookings a credential has sent: some providers take so many a minute, an hour or a day. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table booking_budgets (
      calendar_connection_id uuid primary key references calendar_connections on delete cascade,
      -- When each of the last ones was sent, as far back as the longest window goes.
      sent timestamptz[] not null default '{}',
      -- The provider has said that it takes none until then.
      refused_until timestamptz
    );`.execute(db);
}
