import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A webhook that cannot be applied is tried again ever more rarely, and not for ever. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table webhook_deliveries
      -- How often it was tried in vain.
      add column attempts integer not null default 0,
      -- When it is tried next; null: not any more.
      add column due_at timestamptz default slotline_now();
    drop index webhook_deliveries_open;
    create index webhook_deliveries_due on webhook_deliveries (due_at)
      where state in ('received', 'failed') and due_at is not null;
  `.execute(db);
}
