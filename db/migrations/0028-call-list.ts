import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Lets a list of a million calls be narrowed at once, and a recording be drawn without being read. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table call_recordings
      -- How loud each side is, evenly over the whole: all of the caller, then all of the agent, 0 to 255.
      -- Null until somebody has asked for it.
      add column peaks bytea;
  `.execute(db);
}

export const indexes = [
  { name: 'calls_by_outcome', on: 'calls (organization_id, outcome, started_at desc)' },
  { name: 'calls_by_line', on: 'calls (organization_id, line, started_at desc)' },
  // People know the last digits of a number.
  {
    name: 'calls_by_number_end',
    on: `calls (organization_id, reverse(caller_number) text_pattern_ops)
      where caller_number is not null`,
  },
  {
    name: 'call_marks_of_truth',
    on: `call_marks (organization_id, kind, call_id) where starts_with(kind, 'truth.')`,
  },
  { name: 'booking_intents_by_call', on: 'booking_intents (call_id) where call_id is not null' },
  { name: 'messages_taken_by_call', on: 'messages_taken (call_id)' },
  // PostgreSQL refuses to take more than a megabyte apart.
  {
    name: 'call_turns_by_words',
    on: `call_turns using gin (to_tsvector('simple', left(text, 20000)))`,
  },
];
