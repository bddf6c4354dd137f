import type { Task } from 'graphile-worker';
import { syncCalendar } from '../../booking/mirror/sync-calendar.ts';
import type { CalendarSyncParts } from '../../booking/mirror/sync-calendar.ts';
import { listConnectionsToSync } from '../../db/calendars/calendar-syncs.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Syncs every calendar whose turn has come. Several processes may do so at once. */
export function syncCalendars(parts: CalendarSyncParts & { logger: Logger }): Task {
  return async () => {
    for (const key of await listConnectionsToSync(parts.db, parts.interval)) {
      const result = await syncCalendar(parts, key).catch((error: unknown) => {
        parts.logger.error({ err: error, ...key }, 'a calendar could not be synced');
        return undefined;
      });
      if (!result) continue;
      const { error, ...counts } = result;
      if (error === null) parts.logger.info({ ...key, ...counts }, 'calendar synced');
      else parts.logger.warn({ ...key, ...counts, reason: error }, 'calendar not synced');
    }
  };
}
