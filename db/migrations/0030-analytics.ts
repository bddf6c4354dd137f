import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Figures of every day, which days are to be counted anew, and what is counted when its rows are gone:
 * what is forgotten of people leaves a row here that names nobody.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    -- In which the organization's days begin and end; UTC where PostgreSQL does not know what is set.
    create function organization_zone(wanted uuid) returns text language plpgsql stable as $$
    declare
      zone text;
    begin
      select coalesce(organization.time_zone, (
          select time_zone from calendar_connections
          where organization_id = wanted order by created_at limit 1))
        into zone from organizations as organization where organization.id = wanted;
      perform timestamptz 'epoch' at time zone zone;
      return coalesce(zone, 'UTC');
    exception when invalid_parameter_value then
      return 'UTC';
    end $$;

    create table daily_figures (
      organization_id uuid not null references organizations on delete cascade,
      name text not null,
      -- In the organization's zone.
      day date not null,
      -- Null of what is no agent's.
      agent_id uuid,
      key text not null default '',
      -- Counts, milliseconds, tokens, billionths of a US dollar.
      amount bigint not null,
      unique nulls not distinct (organization_id, name, day, agent_id, key) include (amount)
    );

    -- In which zone the days were counted, and when last.
    create table figure_zones (
      organization_id uuid primary key references organizations on delete cascade,
      time_zone text not null,
      counted_at timestamptz not null default slotline_now()
    );

    -- Instants of whose day something has changed. One row a change: who writes waits for nobody.
    create table stale_figures (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      at timestamptz not null
    );
    create table stale_days (
      organization_id uuid not null references organizations on delete cascade,
      day date not null,
      primary key (organization_id, day)
    );

    -- How far each tool brought a booking, and how long it took.
    create table tool_figures (
      tool_call_id bigint primary key,
      organization_id uuid not null,
      call_id uuid not null,
      -- 1: asked for times; 2: some were offered; 3: one was chosen; 4: the caller said who they are.
      step smallint not null,
      -- Null until it has ended.
      milliseconds integer,
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index tool_figures_by_call on tool_figures (call_id);

    create table message_figures (
      message_id uuid primary key,
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      call_id uuid not null,
      urgent boolean not null,
      taken_at timestamptz not null,
      answered_at timestamptz
    );
    create index message_figures_by_time on message_figures (organization_id, taken_at);

    create table delivery_figures (
      delivery_id uuid primary key,
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      state text not null,
      received_at timestamptz not null
    );
    create index delivery_figures_by_time on delivery_figures (organization_id, received_at);

    create table sync_figures (
      sync_id bigint primary key,
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      started_at timestamptz not null,
      seen integer not null,
      missing integer not null,
      changed integer not null,
      failed boolean not null
    );
    create index sync_figures_by_time on sync_figures (organization_id, started_at);
  `.execute(db);
  await watchRows(db);
}

export const indexes = [
  { name: 'booking_intents_by_call', on: 'booking_intents (call_id) where call_id is not null' },
  { name: 'appointments_by_call', on: 'appointments (call_id) where call_id is not null' },
];

/** Whatever a figure is counted from says which day it has changed. */
async function watchRows(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create function note_stale_call() returns trigger language plpgsql as $$
    begin
      insert into stale_figures (organization_id, at)
        select organization_id, started_at from calls where id = new.call_id;
      return null;
    end $$;

    create function note_call_change() returns trigger language plpgsql as $$
    begin
      insert into stale_figures (organization_id, at) values (new.organization_id, new.started_at);
      return null;
    end $$;
    create trigger stale_figures after insert or update of outcome, ended_at, latencies, rehearsal
      on calls for each row execute function note_call_change();
    create trigger stale_figures after insert on call_charges
      for each row execute function note_stale_call();
    create trigger stale_figures after insert on call_marks
      for each row when (new.kind in ('wish', 'claims') or starts_with(new.kind, 'truth.'))
      execute function note_stale_call();
    create trigger stale_figures after insert or update of state on booking_intents
      for each row when (new.call_id is not null) execute function note_stale_call();
    create trigger stale_figures after insert or update of status, call_id on appointments
      for each row when (new.call_id is not null) execute function note_stale_call();

    create function step_of_tool(name text, arguments jsonb, result jsonb, error text)
      returns smallint language sql immutable as $$
      select case
        when name = 'list_available_slots' then
          case when result -> 'slots' -> 0 is null then 1 else 2 end
        when name = 'note_details' then
          case when arguments ->> 'slot_id' is null then 0 else 3 end
        when name = 'schedule_appointment' then case when error is null then 4 else 3 end
        else 0 end::smallint
    $$;
    create function milliseconds_between(started timestamptz, ended timestamptz)
      returns integer language sql immutable as $$
      -- Of what has not ended it is null: greatest() would make nothing of it.
      select case when ended is not null then
        least(greatest(round(extract(epoch from ended - started) * 1000), 0), 2147483647)::integer end
    $$;
    create function keep_tool_figures() returns trigger language plpgsql as $$
    begin
      insert into tool_figures (tool_call_id, organization_id, call_id, step, milliseconds)
        values (new.id, new.organization_id, new.call_id,
          step_of_tool(new.name, new.arguments, new.result, new.error),
          milliseconds_between(new.started_at, new.ended_at))
        on conflict (tool_call_id) do update
          set step = excluded.step, milliseconds = excluded.milliseconds;
      insert into stale_figures (organization_id, at)
        select organization_id, started_at from calls where id = new.call_id;
      return null;
    end $$;
    create trigger tool_figures after insert or update on tool_calls
      for each row execute function keep_tool_figures();

    create function keep_message_figures() returns trigger language plpgsql as $$
    begin
      insert into message_figures
          (message_id, organization_id, agent_id, call_id, urgent, taken_at, answered_at)
        values (new.id, new.organization_id, new.agent_id, new.call_id, new.urgent,
          new.created_at, new.handled_at)
        on conflict (message_id) do update
          set urgent = excluded.urgent, answered_at = excluded.answered_at;
      insert into stale_figures (organization_id, at) values (new.organization_id, new.created_at);
      return null;
    end $$;
    create trigger message_figures after insert or update of urgent, handled_at on messages_taken
      for each row execute function keep_message_figures();

    create function keep_delivery_figures() returns trigger language plpgsql as $$
    begin
      insert into delivery_figures
          (delivery_id, organization_id, calendar_connection_id, state, received_at)
        values (new.id, new.organization_id, new.calendar_connection_id, new.state, new.received_at)
        on conflict (delivery_id) do update set state = excluded.state;
      insert into stale_figures (organization_id, at) values (new.organization_id, new.received_at);
      return null;
    end $$;
    create trigger delivery_figures after insert or update of state on webhook_deliveries
      for each row execute function keep_delivery_figures();

    create function keep_sync_figures() returns trigger language plpgsql as $$
    begin
      insert into sync_figures (sync_id, organization_id, calendar_connection_id, started_at,
          seen, missing, changed, failed)
        values (new.id, new.organization_id, new.calendar_connection_id, new.started_at,
          new.seen, new.missing, new.changed, new.error is not null)
        on conflict (sync_id) do update set seen = excluded.seen, missing = excluded.missing,
          changed = excluded.changed, failed = excluded.failed;
      insert into stale_figures (organization_id, at) values (new.organization_id, new.started_at);
      return null;
    end $$;
    create trigger sync_figures after insert or update on calendar_syncs
      for each row when (new.ended_at is not null) execute function keep_sync_figures();
  `.execute(db);
}

/**
 * Rows that are older than this, each table for itself. What goes on meanwhile is told by triggers, and
 * stands where it is told first; a tool that runs is left to them, so that its end waits for nobody.
 */
export async function finish(db: QueryExecutorProvider): Promise<void> {
  await sql`
    insert into tool_figures (tool_call_id, organization_id, call_id, step, milliseconds)
      select id, organization_id, call_id, step_of_tool(name, arguments, result, error),
        milliseconds_between(started_at, ended_at)
      from tool_calls
      where ended_at is not null or started_at < slotline_now() - interval '1 hour'
    on conflict do nothing`.execute(db);
  await sql`
    insert into message_figures
        (message_id, organization_id, agent_id, call_id, urgent, taken_at, answered_at)
      select id, organization_id, agent_id, call_id, urgent, created_at, handled_at
      from messages_taken
    on conflict do nothing`.execute(db);
  await sql`
    insert into delivery_figures
        (delivery_id, organization_id, calendar_connection_id, state, received_at)
      select id, organization_id, calendar_connection_id, state, received_at
      from webhook_deliveries
    on conflict do nothing`.execute(db);
  await sql`
    insert into sync_figures (sync_id, organization_id, calendar_connection_id, started_at,
        seen, missing, changed, failed)
      select id, organization_id, calendar_connection_id, started_at, seen, missing, changed,
        error is not null
      from calendar_syncs where ended_at is not null
    on conflict do nothing`.execute(db);
  await sql`
    -- By the quarter of an hour, so that each day is named in whatever zone.
    insert into stale_figures (organization_id, at)
      select distinct organization_id, date_bin('15 minutes', at, 'epoch') from (
        select organization_id, started_at as at from calls
        union all select organization_id, taken_at from message_figures
        union all select organization_id, received_at from delivery_figures
        union all select organization_id, started_at from sync_figures
      ) as known`.execute(db);
}
