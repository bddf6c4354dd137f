import type { CalcomClient } from '../calendar/calcom/client.ts';
import { openCalcomClient } from '../calendar/open-calendar.ts';
import { listCalendarConnections, readCredential } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { credentialLimiter } from '../booking/calendars/credential-limiter.ts';
import { findNamed } from './find-named.ts';
import type { ManageParts } from './manage-parts.ts';

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

/**
 * The API behind a Cal.com connection, with its own key.
 * @throws {CalendarConfigurationError} {CalendarSetupError} {SealedCredentialError}
 */
export async function openConnectionClient(
  parts: ManageParts,
  connection: CalendarConnection,
): Promise<CalcomClient> {
  const { db, masterKey, calcomBaseUrl, fetch } = parts;
  const { settings, id } = connection;
  return openCalcomClient(
    { settings, credential: await readCredential(db, connection, masterKey) },
    { limiter: credentialLimiter(db, { calendarConnectionId: id }), calcomBaseUrl, fetch },
  );
}
