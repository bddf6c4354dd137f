import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Organizations, agents, calendars, calls, the booking ledger and the fake calendar's bookings. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table organizations (
      id uuid primary key default gen_random_uuid(),
      name text not null check (name <> ''),
      created_at timestamptz not null default now()
    );

    create table calendar_connections (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      provider text not null check (provider in ('fake', 'calcom')),
      name text not null,
      time_zone text not null,
      settings jsonb not null default '{}',
      credential bytea,
      created_at timestamptz not null default now(),
      unique (organization_id, id)
    );

    create table agents (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
      name text not null,
      business_name text not null,
      instructions text not null default '',
      language text not null default 'en',
      voice text not null default 'marin',
      enabled boolean not null default true,
      calendar_connection_id uuid,
      event_type text not null,
      duration_minutes integer not null default 30 check (duration_minutes between 5 and 1440),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organization_id, id),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id)
    );

    create table calls (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      room_name text not null,
      line text not null check (line in ('web', 'phone', 'console')),
      started_at timestamptz not null default now(),
      ended_at timestamptz,
      outcome text check (outcome in ('booked', 'no_booking', 'unknown', 'failed')),
      end_reason text,
      appointment_details jsonb,
      usage jsonb,
      unique (organization_id, id),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
    );
    create index calls_by_start on calls (organization_id, started_at desc);
    create index calls_open on calls (started_at) where ended_at is null;
    create index calls_by_room on calls (room_name);

    create table call_turns (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      call_id uuid not null,
      role text not null check (role in ('caller', 'agent')),
      text text not null,
      interrupted boolean not null default false,
      said_at timestamptz not null default now(),
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index call_turns_by_call on call_turns (call_id, id);

    create table tool_calls (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      call_id uuid not null,
      name text not null,
      arguments jsonb not null,
      result jsonb,
      error text,
      started_at timestamptz not null default now(),
      ended_at timestamptz,
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index tool_calls_by_call on tool_calls (call_id, id);

    create table booking_intents (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      call_id uuid,
      event_type text not null,
      resource text not null,
      idempotency_key text not null,
      start_at timestamptz not null,
      end_at timestamptz not null check (end_at > start_at),
      attendee jsonb not null,
      state text not null
        check (state in ('requested', 'claimed', 'confirmed', 'refused', 'unknown')),
      reason text,
      steps jsonb not null default '[]',
      reference text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organization_id, idempotency_key),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id),
      foreign key (organization_id, call_id) references calls (organization_id, id)
    );
    -- Exactly one of any number of racing callers may hold a start: the others' claim conflicts.
    create unique index booking_intents_one_live_claim
      on booking_intents (calendar_connection_id, resource, start_at)
      where state in ('claimed', 'confirmed', 'unknown');
    create index booking_intents_unsettled on booking_intents (updated_at)
      where state in ('requested', 'claimed', 'unknown');

    create table appointments (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid,
      call_id uuid,
      calendar_connection_id uuid not null,
      intent_id uuid references booking_intents,
      event_type text not null,
      reference text not null,
      start_at timestamptz not null,
      end_at timestamptz not null check (end_at > start_at),
      status text not null check (status in ('confirmed', 'cancelled')),
      attendee_name text not null,
      attendee_email text,
      attendee_phone text,
      time_zone text not null,
      notes text,
      cancellation_reason text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (calendar_connection_id, reference),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id),
      foreign key (organization_id, agent_id) references agents (organization_id, id),
      foreign key (organization_id, call_id) references calls (organization_id, id)
    );
    create index appointments_by_start on appointments (organization_id, start_at);

    create table fake_calendar_bookings (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      event_type text not null,
      uid text not null unique,
      idempotency_key text not null,
      start_at timestamptz not null,
      end_at timestamptz not null check (end_at > start_at),
      status text not null check (status in ('confirmed', 'cancelled')),
      attendee jsonb not null,
      notes text,
      cancellation_reason text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (calendar_connection_id, idempotency_key),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id) on delete cascade
    );
    create index fake_calendar_bookings_by_start
      on fake_calendar_bookings (calendar_connection_id, start_at) where status = 'confirmed';
  `.execute(db);
}
