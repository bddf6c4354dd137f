import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Which languages an agent may change to, and which one a call was spoken in. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents
      -- Null: any that is spoken here.
      add column languages text[] check (cardinality(languages) > 0);
    alter table calls
      -- ISO 639-1; null: the agent's.
      add column language text;`.execute(db);
}
