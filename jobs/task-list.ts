import type { Logger } from 'pino';
import type { ReconcilerParts } from '../booking/reconcile.ts';
import type { Database } from '../db/database.ts';
import type { Job } from './job.ts';
import { purgeHolds } from './tasks/purge-holds.ts';
import { settleIntent } from './tasks/settle-intent.ts';
import { SWEEP, sweepIntents } from './tasks/sweep-intents.ts';

/** What the jobs need. */
export interface JobParts {
  db: Database;
  logger: Logger;
  reconciler: ReconcilerParts;
  /** Milliseconds between two sweeps for open intents; 2,000 unless given. */
  sweepPause?: number;
}

const EVERY_MINUTE = '* * * * *';

/** Every job of the jobs process. */
export function listJobs(parts: JobParts): Job[] {
  const sweep = {
    reconciler: parts.reconciler,
    ...(parts.sweepPause === undefined ? {} : { pause: parts.sweepPause }),
  };
  return [
    // It asks for its own next run; the minute's is for the case that a process died in it.
    { name: SWEEP, task: sweepIntents(sweep), cron: EVERY_MINUTE },
    { name: 'settle-intent', task: settleIntent(parts), cron: null },
    { name: 'purge-holds', task: purgeHolds(parts), cron: EVERY_MINUTE },
  ];
}
