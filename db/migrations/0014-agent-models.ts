import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** The models of one agent; where nothing is set they are the worker's. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents
      add column realtime_model text,
      add column transcription_model text,
      add column reasoning_effort text
        check (reasoning_effort in ('minimal', 'low', 'medium', 'high', 'xhigh'));`.execute(db);
}
