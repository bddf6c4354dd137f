import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** How an agent greets, and whether it says at the first contact that it is an AI. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents
      -- Null: "Hi, this is …", in the agent's language.
      add column greeting text check (greeting <> ''),
      add column discloses_ai boolean not null default true;`.execute(db);
}
