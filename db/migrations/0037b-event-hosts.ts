import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Who takes an event: several people, each with a calendar, hours and busy calendars of their own. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table event_hosts (
      organization_id uuid not null references organizations on delete cascade,
      booking_event_id uuid not null,
      -- Of one host alone: who claims a time of the calendar claims the host's.
      calendar_connection_id uuid not null,
      name text not null check (name = btrim(name) and length(name) between 1 and 80),
      -- The order in which they stand.
      position smallint not null,
      -- Read by the program's schema; null: the event's.
      availability jsonb check (jsonb_typeof(availability) = 'object'),
      primary key (booking_event_id, calendar_connection_id),
      foreign key (organization_id, booking_event_id)
        references booking_events (organization_id, id) on delete cascade,
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id)
    );
    create unique index event_hosts_by_name on event_hosts (booking_event_id, lower(name));
    create index event_hosts_by_calendar on event_hosts (organization_id, calendar_connection_id);

    alter table event_busy_calendars
      drop constraint event_busy_calendars_pkey,
      -- Of one host's times; null: of everybody's.
      add column host_calendar_id uuid,
      add foreign key (booking_event_id, host_calendar_id)
        references event_hosts (booking_event_id, calendar_connection_id) on delete cascade;
    create unique index event_busy_calendars_once on event_busy_calendars
      (booking_event_id, calendar_connection_id, host_calendar_id) nulls not distinct;

    -- Whose turn it is: who was booked longest ago.
    create index appointments_by_creation on appointments (calendar_connection_id, created_at desc)
      where source = 'slotline';
  `.execute(db);
}
