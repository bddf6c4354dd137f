import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Calendars beside the one that is booked into in which nothing may stand at the time of an event. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table event_busy_calendars (
      organization_id uuid not null references organizations on delete cascade,
      booking_event_id uuid not null,
      -- Stays as long as it blocks: what blocks no more must not be so unseen.
      calendar_connection_id uuid not null,
      primary key (booking_event_id, calendar_connection_id),
      foreign key (organization_id, booking_event_id)
        references booking_events (organization_id, id) on delete cascade,
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id)
    );
    create index event_busy_calendars_by_calendar
      on event_busy_calendars (organization_id, calendar_connection_id);
  `.execute(db);
}
