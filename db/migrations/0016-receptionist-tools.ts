import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** What an agent knows of its business, messages that cannot wait, and summaries by mail. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table business_facts (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      -- What it is about, or a question: "Opening hours", "Is there parking?".
      topic text not null check (topic <> ''),
      text text not null check (text <> ''),
      -- How PostgreSQL takes words apart: that of the agent's language.
      configuration regconfig not null default 'simple',
      search tsvector not null generated always as (
        setweight(to_tsvector(configuration, topic), 'A')
          || setweight(to_tsvector(configuration, text), 'B')) stored,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now(),
      unique (agent_id, topic),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade
    );
    create index business_facts_search on business_facts using gin (search);

    -- What became of an appointment, call by call.
    create index call_marks_by_appointment on call_marks ((details ->> 'appointmentId'))
      where kind = 'outcome';

    alter table messages_taken add column urgent boolean not null default false;

    alter table outbox_messages
      drop constraint outbox_messages_kind_check,
      add constraint outbox_messages_kind_check check (kind in (
        'booked', 'rescheduled', 'cancelled', 'settled_booked', 'settled_not_booked',
        'settled_rescheduled', 'settled_not_rescheduled', 'settled_cancelled',
        'settled_not_cancelled', 'code', 'summary'));
  `.execute(db);
}
