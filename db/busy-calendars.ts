import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/** The ids of the calendars that block the event of a row of booking_events. */
export const BUSY_CALENDARS_OF_ROW: RawBuilder<string[]> = sql`array(
  select calendar_connection_id::text from event_busy_calendars
  where booking_event_id = booking_events.id order by 1)`;

/** The calendars that block an event, in the place of those that did. */
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
    .execute();
  if (calendarConnectionIds.length === 0) return;
  await transaction
    .insertInto('eventBusyCalendars')
    .values(
      calendarConnectionIds.map((calendarConnectionId) => ({
        organizationId,
        bookingEventId,
        calendarConnectionId,
      })),
    )
    .execute();
}

/** A query of the ids of the calendars that block an event; written out, for texts without parameters. */
export function busyCalendarsOf(bookingEventId: string | null): RawBuilder<unknown> {
  return sql`(select calendar_connection_id from event_busy_calendars
    where booking_event_id = ${sql.lit(bookingEventId)}::uuid)`;
}
