import { findConnectionHealth } from '../../db/calendars/connection-health.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import { warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** What the newest periodic sync of a calendar could not see; null where it saw all, or none ran. */
export async function examineSync(
  db: Database,
  connection: CalendarConnection,
): Promise<Finding | null> {
  const health = await findConnectionHealth(db, connection);
  if (!health || health.lastSyncError === null) return null;
  const since = connection.lastSyncedAt
    ? `changes since ${connection.lastSyncedAt.toISOString()} may be missing`
    : 'none has come to its end yet';
  return warning(
    { part: 'sync', of: connection.name },
    `the last one did not see everything: ${health.lastSyncError}; ${since}`,
    'It is tried again by itself; the log of the jobs says more.',
  );
}
