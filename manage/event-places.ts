import type { BookingEvent } from '../db/booking-events.ts';
import {
  findCalendarConnection,
  listCalendarConnections,
} from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { findManagedCalendar } from './calendars.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { ensureProviderEventType } from './provider-event-type.ts';

/**
 * Where an event is booked.
 * @param place.taker the calendar of its first host
 * @throws {ManageError}
 */
export async function chooseConnection(
  db: Database,
  organizationId: string,
  { calendar, taker }: { calendar: string | undefined; taker: CalendarConnection | undefined },
): Promise<CalendarConnection> {
  const named =
    calendar === undefined ? undefined : await findManagedCalendar(db, organizationId, calendar);
  if (taker && named && taker.id !== named.id) {
    throw new ManageError('is that of the first host: leave it out, or change the hosts', {
      field: 'calendar',
    });
  }
  const connection = taker ?? named;
  if (connection) return connection;
  throw new ManageError('is missing: name a calendar, or hosts', { field: 'calendar' });
}

/** The calendars of those who take an event, in their order. */
export async function takersOf(db: Database, event: BookingEvent): Promise<CalendarConnection[]> {
  if (event.hosts.length === 0) return [];
  const known = await listCalendarConnections(db, event.organizationId);
  return event.hosts.flatMap(
    (host) => known.find(({ id }) => id === host.calendarConnectionId) ?? [],
  );
}

/** The event type at the provider of each calendar, as long in all of them. */
export async function ensureEverywhere(
  parts: ManageParts,
  [first, ...others]: readonly [CalendarConnection, ...CalendarConnection[]],
  wish: { slug: string; title: string; durationMinutes?: number | undefined },
): Promise<{ durationMinutes: number; created: boolean }> {
  const { durationMinutes, created } = await ensureProviderEventType(parts, first, wish);
  const made = [created];
  for (const connection of others) {
    if (connection.id === first.id) continue;
    const ensured = await ensureProviderEventType(parts, connection, { ...wish, durationMinutes });
    made.push(ensured.created);
  }
  return { durationMinutes, created: made.includes(true) };
}

/** @throws {ManageError} it was removed meanwhile */
export async function connectionOf(db: Database, event: BookingEvent): Promise<CalendarConnection> {
  const { organizationId, calendarConnectionId: id } = event;
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection)
    throw new ManageError('The calendar of the event was removed meanwhile.', { fault: 'missing' });
  return connection;
}
