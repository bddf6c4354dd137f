import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A rehearsal's trunk is marked as one: until now its name told. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table sip_trunks add column is_rehearsal boolean not null default false;
    update sip_trunks set is_rehearsal = true where name ~ '^Rehearsal [0-9a-f]{12}$';
  `.execute(db);
}
