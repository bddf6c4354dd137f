import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * What a call leaves behind: who ended it, how long callers waited, what changed, and what it cost.
 * `calls.usage` stays, since a worker of the version before writes it until it has stopped.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calls
      -- IANA: the caller's, where it is known.
      add column time_zone text,
      add column ended_by text
        check (ended_by in ('caller', 'agent', 'transfer', 'limit', 'fault')),
      -- What a rehearsal asked for (clock, faults, isSilent); null of a real call.
      add column rehearsal jsonb,
      -- Milliseconds from the end of what the caller said to the first sound of each answer.
      add column latencies integer[] not null default '{}';
    create index calls_by_agent on calls (organization_id, agent_id, started_at desc);

    alter table call_turns
      -- Null of turns that are older than this column.
      add column medium text check (medium in ('speech', 'text', 'keys')),
      add column latency integer check (latency >= 0);

    -- What is paid to the model's provider, answer by answer.
    create table call_charges (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      call_id uuid not null,
      kind text not null check (kind in ('response', 'transcription')),
      model text not null,
      -- Tokens by kind, and seconds.
      amounts jsonb not null,
      -- US dollars at the price of that day; null where no price is known.
      cost numeric(14, 9) check (cost >= 0),
      charged_at timestamptz not null default slotline_now(),
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index call_charges_by_call on call_charges (call_id, id);

    -- States that changed, and how what was said stood to what is true.
    create table call_marks (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      call_id uuid not null,
      kind text not null check (kind ~ '^[a-z]+([.][a-z_]+)?$'),
      -- Names nobody and quotes nobody: it stays for the figures.
      details jsonb not null default '{}',
      -- What was said, where the mark is about words; forgotten with the turns.
      words text,
      marked_at timestamptz not null default slotline_now(),
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index call_marks_by_call on call_marks (call_id, id);
    create index call_marks_with_words on call_marks (call_id) where words is not null;
  `.execute(db);
}
