import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** What is drafted of agents, what was published of them, and calls that try a draft out. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents
      -- Null: as long as the organization's calls.
      add column longest_call_minutes smallint check (longest_call_minutes between 1 and 240),
      -- "Mon-Fri 09:00-18:00", in the organization's zone; null: at any time.
      add column transfer_hours text check (transfer_hours <> '');

    create table agent_drafts (
      agent_id uuid primary key,
      organization_id uuid not null references organizations on delete cascade,
      -- Fields that differ from what is published, and no others.
      change jsonb not null,
      edited_by text not null,
      updated_at timestamptz not null default slotline_now(),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade
    );

    create table agent_versions (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      number integer not null check (number > 0),
      content jsonb not null,
      -- Null: at the machine itself.
      published_by text,
      published_at timestamptz not null default slotline_now(),
      unique (agent_id, number),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade
    );

    create table test_calls (
      id uuid primary key,
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      -- In no other room the draft is spoken.
      room_name text not null unique,
      content jsonb not null,
      started_by text not null,
      created_at timestamptz not null default slotline_now(),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade
    );
    create index test_calls_by_age on test_calls (created_at);
  `.execute(db);
}
