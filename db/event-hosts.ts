import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/** One of those who take an event. */
export interface EventHost {
  /** As callers hear it. */
  name: string;
  /** A calendar of their own: what is booked with them is booked there. */
  calendarConnectionId: string;
  provider: string;
  /** IANA: the calendar's. */
  timeZone: string;
  /** Null: the event's. */
  availability: Record<string, unknown> | null;
  /** The ids of other calendars in which nothing may stand at their times, beside the event's. */
  busyCalendars: string[];
}

export type NewEventHost = Omit<EventHost, 'provider' | 'timeZone'>;

/** The hosts of a row of booking_events, in their order. */
export const HOSTS_OF_ROW: RawBuilder<EventHost[]> = sql`coalesce((
  select json_agg(json_build_object(
    'name', host.name,
    'calendarConnectionId', host.calendar_connection_id,
    'provider', calendar.provider,
    'timeZone', calendar.time_zone,
    'availability', host.availability,
    'busyCalendars', array(select busy.calendar_connection_id from event_busy_calendars as busy
      where busy.booking_event_id = host.booking_event_id
        and busy.host_calendar_id = host.calendar_connection_id order by 1)) order by host.position)
  from event_hosts as host
  join calendar_connections as calendar on calendar.id = host.calendar_connection_id
  where host.booking_event_id = booking_events.id), '[]')`;

/** Who takes an event, in the place of those who did. */
export async function replaceEventHosts(
  transaction: Database,
  event: { organizationId: string; id: string },
  hosts: readonly NewEventHost[],
): Promise<void> {
  const { organizationId, id: bookingEventId } = event;
  await transaction
    .deleteFrom('eventHosts')
    .where('organizationId', '=', organizationId)
    .where('bookingEventId', '=', bookingEventId)
    .execute();
  const rows = hosts.map(({ name, calendarConnectionId, availability }, position) => ({
    organizationId,
    bookingEventId,
    calendarConnectionId,
    name,
    position,
    availability: availability && JSON.stringify(availability),
  }));
  if (rows.length > 0) await transaction.insertInto('eventHosts').values(rows).execute();
  const busy = hosts.flatMap(({ calendarConnectionId: hostCalendarId, busyCalendars }) =>
    busyCalendars.map((calendarConnectionId) => ({
      organizationId,
      bookingEventId,
      calendarConnectionId,
      hostCalendarId,
    })),
  );
  if (busy.length > 0) await transaction.insertInto('eventBusyCalendars').values(busy).execute();
}

/** When something was last booked here in each of some calendars; one in which nothing was is missing. */
export async function listLastBooked(
  db: Database,
  organizationId: string,
  calendarConnectionIds: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; bookedAt: Date | null }>`
    select calendar.id, (
      select created_at from appointments
      where organization_id = ${organizationId} and calendar_connection_id = calendar.id
        and source = 'slotline'
      order by created_at desc limit 1) as booked_at
    from unnest(${[...calendarConnectionIds]}::uuid[]) as calendar (id)`.execute(db);
  return new Map(rows.flatMap(({ id, bookedAt }) => (bookedAt ? [[id, bookedAt]] : [])));
}
