import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Assistants of other platforms that use our tools: how each proves who it is, and what the desk knows
 * of a call that no process of ours has.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calls
      drop constraint calls_line_check,
      add constraint calls_line_check check (line in ('web', 'phone', 'console', 'assistant'));

    create table assistants (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      platform text not null check (platform ~ '^[a-z][a-z0-9-]*$'),
      -- How requests prove where they come from; without the secret.
      authentication jsonb not null,
      secret bytea not null,
      -- SHA-256 of the secret, by which a request is found that brings it and names no agent.
      secret_digest text not null,
      settings jsonb not null default '{}',
      refused_requests bigint not null default 0,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now(),
      unique (organization_id, id),
      unique (agent_id, platform),
      unique (platform, secret_digest),
      foreign key (organization_id, agent_id) references agents (organization_id, id) on delete cascade
    );

    create table foreign_calls (
      call_id uuid primary key,
      organization_id uuid not null,
      assistant_id uuid not null,
      -- The platform's id of the call.
      name text not null check (char_length(name) between 1 and 200),
      -- What the desk knows; null before anything was asked for, and once the call is over.
      desk jsonb,
      -- Who works on the call, and until when that is believed without another word.
      worker uuid,
      worked_on_until timestamptz,
      last_word_at timestamptz not null default slotline_now(),
      -- The platform said that it is over.
      over_at timestamptz,
      end_reason text,
      ended_by text,
      -- What was held is free again, and the call is closed.
      released_at timestamptz,
      reported_at timestamptz,
      unique (assistant_id, name),
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade,
      foreign key (organization_id, assistant_id) references assistants (organization_id, id)
        on delete cascade
    );
    create index foreign_calls_open on foreign_calls (last_word_at) where released_at is null;

    -- Each request for a function, and what it was answered: it may come again.
    create table function_requests (
      id bigint generated always as identity primary key,
      call_id uuid not null references foreign_calls on delete cascade,
      -- The platform's id of the request, or what stands for it.
      name text not null check (char_length(name) between 1 and 200),
      -- Of the function and its arguments.
      digest text not null,
      asked_at timestamptz not null default slotline_now(),
      answer jsonb,
      answered_at timestamptz,
      unique (call_id, name)
    );
  `.execute(db);
}
