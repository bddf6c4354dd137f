import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** On which sites an agent may be embedded, as origins. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents add column allowed_origins text[] not null default '{}';
  `.execute(db);
}
