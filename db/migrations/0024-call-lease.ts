import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Which process has a call, so that another takes it over when that one is gone. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calls
      -- The process that has the call, as it names itself; null of calls from before this column.
      add column holder uuid,
      add column times_taken_over smallint not null default 0;
  `.execute(db);
}
