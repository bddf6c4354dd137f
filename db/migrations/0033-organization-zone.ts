import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** The zone in which an organization's people read times. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table organizations
      -- IANA; null: that of its first calendar.
      add column time_zone text check (length(time_zone) between 1 and 64);`.execute(db);
}
