import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Phone numbers, the trunks they come by, who may call how often, and messages taken. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table sip_trunks (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      name text not null check (name <> ''),
      -- Where calls may come from: addresses or networks, "203.0.113.7" or "203.0.113.0/24".
      allowed_addresses text[] not null default '{}',
      auth_username text,
      auth_password bytea,
      livekit_trunk_id text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organization_id, id),
      unique (organization_id, name),
      -- An open trunk is an invitation.
      check (cardinality(allowed_addresses) > 0 or auth_username is not null),
      check ((auth_username is null) = (auth_password is null))
    );

    create table phone_numbers (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      sip_trunk_id uuid not null,
      number text not null unique check (number ~ '^[+][1-9][0-9]{6,14}$'),
      label text not null default '',
      inbound boolean not null default true,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organization_id, id),
      foreign key (organization_id, agent_id) references agents (organization_id, id),
      foreign key (organization_id, sip_trunk_id) references sip_trunks (organization_id, id)
    );

    create table phone_settings (
      organization_id uuid primary key references organizations on delete cascade,
      calls_at_once integer not null default 20 check (calls_at_once > 0),
      calls_per_caller_an_hour integer not null default 30 check (calls_per_caller_an_hour > 0),
      longest_call_minutes integer not null default 30
        check (longest_call_minutes between 1 and 240)
    );

    create table blocked_callers (
      organization_id uuid not null references organizations on delete cascade,
      number text not null check (number ~ '^[+][1-9][0-9]{6,14}$'),
      reason text not null default '',
      created_at timestamptz not null default now(),
      primary key (organization_id, number)
    );

    -- E.164 or a SIP address; null: the agent takes a message instead.
    alter table agents add column transfer_to text;

    alter table calls
      add column phone_number_id uuid,
      add column caller_number text,
      add column sip_call_id text,
      add foreign key (organization_id, phone_number_id)
        references phone_numbers (organization_id, id),
      drop constraint calls_outcome_check,
      add constraint calls_outcome_check check (outcome in (
        'booked', 'rescheduled', 'cancelled', 'transferred', 'message_taken', 'no_booking',
        'unknown', 'failed'));
    create index calls_by_caller on calls (organization_id, caller_number, started_at)
      where caller_number is not null;

    create table messages_taken (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      call_id uuid not null,
      caller_name text,
      -- E.164.
      callback_number text,
      email text,
      text text not null check (text <> ''),
      created_at timestamptz not null default now(),
      handled_at timestamptz,
      foreign key (organization_id, agent_id) references agents (organization_id, id),
      foreign key (organization_id, call_id) references calls (organization_id, id)
    );
    create index messages_taken_open on messages_taken (organization_id, created_at)
      where handled_at is null;
  `.execute(db);
}
