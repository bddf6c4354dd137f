import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Which providers there are is known to the program alone: another one needs no other schema. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calendar_connections
      drop constraint calendar_connections_provider_check,
      add constraint calendar_connections_provider_check
        check (provider ~ '^[a-z][a-z0-9-]{0,31}$')
  `.execute(db);
}
