import type { Task } from 'graphile-worker';
import type { Database } from '../../db/database.ts';
import {
  DayNotCountedError,
  gatherStaleDays,
  listChangedZones,
  noteChangedZone,
  rollUpStaleDay,
} from '../../db/figures/roll-up.ts';
import type { FigureDay } from '../../db/figures/roll-up.ts';
import type { Logger } from '../../runtime/logger.ts';
import { eachAlone } from '../each-alone.ts';

interface Parts {
  db: Database;
  logger: Logger;
}

/**
 * Counts every day anew of which something has changed, however late. Several processes may do so at
 * once: each takes other days. A day that cannot be counted keeps no other waiting, and no other
 * organization; it is tried again with the next run.
 */
export function rollUp({ db, logger }: Parts): Task {
  return async () => {
    await eachAlone(await listChangedZones(db), {
      work: (zone) => noteChangedZone(db, zone),
      onFailure: (err, { id: organizationId }) =>
        logger.error({ err, organizationId }, 'days could not be noted in a new zone'),
    });
    let changes;
    do changes = await gatherStaleDays(db);
    while (changes > 0);
    await countDays({ db, logger });
  };
}

async function countDays({ db, logger }: Parts): Promise<void> {
  const failed: FigureDay[] = [];
  for (let days = 0; ; days += 1) {
    try {
      if (!(await rollUpStaleDay(db, failed))) {
        if (days > 0) logger.debug({ days }, 'days counted');
        return;
      }
    } catch (error) {
      if (!(error instanceof DayNotCountedError)) throw error;
      failed.push(error.day);
      logger.error({ err: error.cause, ...error.day }, 'a day could not be counted');
    }
  }
}
