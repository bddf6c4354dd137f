import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A provider may say that a webhook ends before its time, or has ended. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calendar_connections
      -- Null: it is renewed when its time comes, where its provider lets it end.
      add column webhook_renewal_asked_at timestamptz;`.execute(db);
}
