import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Whether a calendar's address was written by somebody who is not the server's operator: it is asked
 * on the internet alone then, and in the networks that the operator allows. Who connected those that
 * are there is not known; they go on working.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calendar_connections add column is_guarded boolean not null default false;
  `.execute(db);
}
