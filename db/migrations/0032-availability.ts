import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Opening hours of an event whose calendar knows none, and how far a calendar's changes were read whose
 * provider tells what changed since.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    -- Read by the program's schema; null: the usual hours.
    alter table booking_events add column availability jsonb
      check (jsonb_typeof(availability) = 'object');
    -- The provider's own mark; null: everything is read anew.
    alter table calendar_connections add column change_cursor text;
  `.execute(db);
}
