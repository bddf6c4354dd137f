import type { CalendarProvider } from '../calendar/provider.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { findNamed } from './find-named.ts';

/**
 * A connection by its name or id.
 * @throws {ManageError} naming those whose name is near, where there is none of this one
 */
export async function findManagedCalendar(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<CalendarConnection> {
  return findNamed(await listCalendarConnections(db, organizationId), wanted, 'calendar');
}

/** A calendar as its operator sees it. */
export interface ShownCalendar {
  id: string;
  name: string;
  provider: string;
  timeZone: string;
  connected: boolean;
  /** Whether it tells us of its changes. */
  webhook: boolean;
  /** The address of an instance of the operator's own; null where it is the provider's. */
  instance: string | null;
  lastSyncedAt: Date | null;
}

/** Calendars of an organization, in order of their names. */
export async function listCalendars(
  db: Database,
  organizationId: string,
  providers: readonly CalendarProvider[],
): Promise<ShownCalendar[]> {
  const connections = await listCalendarConnections(db, organizationId);
  return connections.map((connection) => showCalendar(connection, providers));
}

export function showCalendar(
  connection: CalendarConnection,
  providers: readonly CalendarProvider[],
): ShownCalendar {
  const { id, name, provider, timeZone, disconnectedAt, webhookId, lastSyncedAt } = connection;
  const known = providers.find((each) => each.id === provider);
  return {
    id,
    name,
    provider,
    timeZone,
    connected: disconnectedAt === null,
    webhook: webhookId !== null,
    instance: known?.ownInstanceOf?.(connection.settings) ?? null,
    lastSyncedAt,
  };
}
