import type { Task } from 'graphile-worker';
import type { Database } from '../../db/database.ts';
import { gatherStaleDays, noteChangedZones, rollUpStaleDay } from '../../db/figures/roll-up.ts';
import type { Logger } from '../../runtime/logger.ts';

/**
 * Counts every day anew of which something has changed, however late. Several processes may do so at
 * once: each takes other days.
 */
export function rollUp({ db, logger }: { db: Database; logger: Logger }): Task {
  return async () => {
    await noteChangedZones(db);
    let changes;
    do changes = await gatherStaleDays(db);
    while (changes > 0);
    let days = 0;
    while (await rollUpStaleDay(db)) days += 1;
    if (days > 0) logger.debug({ days }, 'days counted');
  };
}
