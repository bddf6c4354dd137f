import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/** The ids of the calendars that block the event of a row of booking_events, whoever takes it. */
export const BUSY_CALENDARS_OF_ROW: RawBuilder<string[]> = sql`array(
  select calendar_connection_id::text from event_busy_calendars
  where booking_event_id = booking_events.id and host_calendar_id is null order by 1)`;

/** The calendars that block an event, whoever takes it, in the place of those that did. */
export async function replaceBusyCalendars(
  transaction: Database,
  event: { organizationId: string; id: string },
  calendarConnectionIds: readonly string[],
): Promise<void> {
  const { organizationId, id: bookingEventId } = event;
  await transaction
    .deleteFrom('eventBusyCalendars')
    .where('organizationId', '=', organizationId)
    .where('bookingEventId', '=', bookingEventId)
    .where('hostCalendarId', 'is', null)
    .execute();
  if (calendarConnectionIds.length === 0) return;
  await transaction
    .insertInto('eventBusyCalendars')
    .values(
      calendarConnectionIds.map((calendarConnectionId) => ({
        organizationId,
        bookingEventId,
        calendarConnectionId,
        hostCalendarId: null,
      })),
    )
    .execute();
}

/**
 * A query of the ids of the calendars that block an event where it is booked into one of its own;
 * written out, for texts without parameters.
 */
export function busyCalendarsOf({
  bookingEventId,
  calendarConnectionId,
}: {
  bookingEventId: string | null;
  calendarConnectionId: string;
}): RawBuilder<unknown> {
  return sql`(select calendar_connection_id from event_busy_calendars
    where booking_event_id = ${sql.lit(bookingEventId)}::uuid
      and calendar_connection_id <> ${sql.lit(calendarConnectionId)}::uuid
      and (host_calendar_id is null or host_calendar_id = ${sql.lit(calendarConnectionId)}::uuid))`;
}
