import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** What somebody who comes to an event has to know or to bring. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table booking_events add column preparation text
      check (length(preparation) between 1 and 500);
  `.execute(db);
}
