import type { ListedEventType } from '../calendar/provider.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { openConnection } from '../booking/calendars/open-connection.ts';
import { findManagedCalendar } from './calendars.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/**
 * What can be booked at the provider of a calendar, by its name or id; null where any slug can.
 * @throws {ManageError} there is no such calendar, or it is disconnected
 * @throws {CalendarTrouble}
 */
export async function listEventTypes(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
): Promise<ListedEventType[] | null> {
  const connection = await findManagedCalendar(parts.db, organizationId, wanted);
  if (connection.disconnectedAt) {
    throw new ManageError(`"${connection.name}" is disconnected: connect it again first.`, {
      field: 'calendar',
    });
  }
  try {
    const { provider, access } = await openConnection(parts.db, connection, parts);
    return (await provider.listEventTypes?.(access)) ?? null;
  } catch (error) {
    throw toCalendarTrouble(error, connection.provider, parts.providers) ?? error;
  }
}
