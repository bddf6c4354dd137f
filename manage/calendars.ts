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
