import type { Task } from 'graphile-worker';
import type { Database } from '../../db/database.ts';
import { purgeHolds as purge } from '../../db/calendars/slot-holds.ts';

/** Forgets the holds that are over. */
export function purgeHolds({ db }: { db: Database }): Task {
  return async () => {
    await purge(db);
  };
}
