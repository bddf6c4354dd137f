import type { Logger } from 'pino';
import type { ReconcilerParts } from '../booking/ledger/reconcile.ts';
import type { Providers } from '../calendar/providers.ts';
import type { Database } from '../db/database.ts';
import { purgeJobs } from '../db/jobs/jobs.ts';
import type { Job } from './job.ts';
import type { Mailer } from './mail/mailer.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { applyWebhook } from './tasks/apply-webhook.ts';
import { closeDeadCalls } from './tasks/close-dead-calls.ts';
import { purgeHolds } from './tasks/purge-holds.ts';
import { purgeRecords } from './tasks/purge-records.ts';
import { sendMail } from './tasks/send-mail.ts';
import { settleIntent } from './tasks/settle-intent.ts';
import { SWEEP, sweepIntents } from './tasks/sweep-intents.ts';
import { syncCalendars } from './tasks/sync-calendar.ts';

/** What the jobs need. */
export interface JobParts {
  db: Database;
  logger: Logger;
  now: () => Date;
  reconciler: ReconcilerParts;
  providers: Providers;
  /** Milliseconds between two sweeps for open intents; 2,000 unless given. */
  sweepPause?: number;
  /** Missing where no mail server is configured: messages wait. */
  mailer?: Mailer | undefined;
  /** Milliseconds between two syncs of one calendar; five minutes unless given. */
  syncInterval?: number;
}

const USUAL_SYNC_INTERVAL = 300_000;

const EVERY_MINUTE = '* * * * *';
const EVERY_HOUR = '23 * * * *';

/** Every job of the jobs process. */
export function listJobs(parts: JobParts): Job[] {
  const { db, logger, now, providers } = parts;
  const sweep = {
    reconciler: parts.reconciler,
    ...(parts.sweepPause === undefined ? {} : { pause: parts.sweepPause }),
  };
  return [
    // It asks for its own next run; the minute's is for the case that a process died in it.
    { name: SWEEP, task: sweepIntents(sweep), cron: EVERY_MINUTE },
    { name: 'settle-intent', task: settleIntent(parts), cron: null },
    { name: 'close-dead-calls', task: closeDeadCalls({ db, logger }), cron: EVERY_MINUTE },
    { name: 'purge-holds', task: purgeHolds(parts), cron: EVERY_MINUTE },
    // Not more often: what it looks for has no index.
    { name: 'purge-records', task: purgeRecords({ db, logger }), cron: EVERY_HOUR },
    { name: 'purge-jobs', task: async () => void (await purgeJobs(db)), cron: EVERY_HOUR },
    // Asked for when there is something to do; the minute's is for what was left, or is due again.
    { name: 'apply-webhook', task: applyWebhook({ db, logger, providers }), cron: EVERY_MINUTE },
    {
      name: 'send-mail',
      task: oneAtATime(sendMail({ db, logger, now, mailer: parts.mailer ?? null })),
      cron: EVERY_MINUTE,
    },
    {
      name: 'sync-calendar',
      task: oneAtATime(
        syncCalendars({
          db,
          logger,
          now,
          openCalendar: parts.reconciler.openCalendar,
          interval: parts.syncInterval ?? USUAL_SYNC_INTERVAL,
        }),
      ),
      cron: EVERY_MINUTE,
    },
  ];
}
