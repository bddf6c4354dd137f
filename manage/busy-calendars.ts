import { providerOf } from '../calendar/providers.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { findNamed } from './find-named.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/**
 * The ids of the calendars that are to block an event beside its own.
 * @param connection the event's own
 * @param wanted names or ids
 * @throws {ManageError} one of them cannot
 */
export async function chooseBusyCalendars(
  { db, providers }: Pick<ManageParts, 'db' | 'providers'>,
  connection: CalendarConnection,
  wanted: readonly string[],
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const known = await listCalendarConnections(db, connection.organizationId);
  const chosen = new Set<string>();
  for (const each of wanted) {
    const other = findNamed(known, each, 'calendar', 'busyCalendars');
    const refuse = (why: string): never => {
      throw new ManageError(`"${other.name}" ${why}`, { field: 'busyCalendars' });
    };
    if (other.id === connection.id) refuse('is booked into, and blocks by itself: leave it out');
    if (other.disconnectedAt) refuse('is disconnected: connect it again first');
    const provider = providerOf(other, providers.list);
    if (!provider.openBusy) {
      refuse(`cannot block another calendar: ${provider.name} does not tell what stands in it`);
    }
    chosen.add(other.id);
  }
  return [...chosen];
}
