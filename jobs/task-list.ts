import { releaseOverCalls } from '../booking/foreign/end-foreign-call.ts';
import type { ReconcilerParts } from '../booking/ledger/reconcile.ts';
import type { RecordingStore } from '../calls/recordings/recording-store.ts';
import type { Providers } from '../calendar/providers.ts';
import type { Database } from '../db/database.ts';
import { purgeHolds } from '../db/calendars/slot-holds.ts';
import { SILENT_FOR } from '../db/assistants/foreign-calls.ts';
import { closeDeadCalls } from '../db/calls/call-lease.ts';
import { SWEEP } from '../db/jobs/heartbeat.ts';
import { purgeJobs } from '../db/jobs/jobs.ts';
import type { JobName } from '../db/jobs/jobs.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Job } from './run-jobs.ts';
import type { Mailer } from './mail/mailer.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { applyWebhook } from './tasks/apply-webhook.ts';
import { checkAlerts } from './tasks/check-alerts.ts';
import { deleteRecordings } from './tasks/delete-recordings.ts';
import { purgeRecords } from './tasks/purge-records.ts';
import { sendMail } from './tasks/send-mail.ts';
import { RECONCILE, runReconciler } from './tasks/reconcile-intent.ts';
import { renewWebhooks } from './tasks/renew-webhooks.ts';
import { rollUp } from './tasks/roll-up.ts';
import { sweepIntents } from './tasks/sweep-intents.ts';
import { syncCalendars } from './tasks/sync-calendar.ts';
import { SEND_WEBHOOKS, WebhookSender } from './webhooks/webhook-sender.ts';
import { DELIVERY_DEADLINE, DELIVERY_SCHEDULE, SWITCH_OFF_AFTER } from './webhooks/schedule.ts';

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
  /** Where recordings of calls lie; missing where no place is named. */
  recordings?: RecordingStore | undefined;
  /** Milliseconds between two syncs of one calendar; five minutes unless given. */
  syncInterval?: number;
  /** How the organizations' own endpoints are reached, and what opens their secrets. */
  webhooks: { fetch: Fetch; masterKey: Buffer };
}

const USUAL_SYNC_INTERVAL = 300_000;

const EVERY_MINUTE = '* * * * *';
const EVERY_FIVE_MINUTES = '*/5 * * * *';
const EVERY_HOUR = '23 * * * *';

/** Every job of the jobs process. */
export function listJobs(parts: JobParts): Job<JobName>[] {
  const { db, logger, now, providers } = parts;
  const sweep = {
    reconciler: parts.reconciler,
    ...(parts.sweepPause === undefined ? {} : { pause: parts.sweepPause }),
  };
  const sender = new WebhookSender({
    db,
    logger,
    now,
    ...parts.webhooks,
    deadline: DELIVERY_DEADLINE,
    schedule: DELIVERY_SCHEDULE,
    switchOffAfter: SWITCH_OFF_AFTER,
  });
  return [
    // It asks for its own next run; the minute's is for the case that a process died in it.
    { name: SWEEP, task: sweepIntents(sweep), cron: EVERY_MINUTE },
    { name: RECONCILE, task: runReconciler(parts), cron: null },
    { name: 'close-dead-calls', task: () => closeDead(parts), cron: EVERY_MINUTE },
    { name: 'end-foreign-calls', task: oneAtATime(() => endForeign(parts)), cron: EVERY_MINUTE },
    { name: 'purge-holds', task: async () => void (await purgeHolds(db)), cron: EVERY_MINUTE },
    // Not more often: what it looks for has no index.
    { name: 'purge-records', task: purgeRecords({ db, logger }), cron: EVERY_HOUR },
    {
      name: 'delete-recordings',
      task: oneAtATime(deleteRecordings({ db, logger, store: parts.recordings ?? null })),
      cron: EVERY_MINUTE,
    },
    { name: 'purge-jobs', task: async () => void (await purgeJobs(db)), cron: EVERY_HOUR },
    // Asked for when there is something to do; the minute's is for what was left, or is due again.
    { name: 'apply-webhook', task: applyWebhook({ db, logger, providers }), cron: EVERY_MINUTE },
    {
      name: 'send-mail',
      task: oneAtATime(sendMail({ db, logger, now, providers, mailer: parts.mailer ?? null })),
      cron: EVERY_MINUTE,
    },
    { name: SEND_WEBHOOKS, task: (_payload, helpers) => sender.run(helpers), cron: EVERY_MINUTE },
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
    {
      name: 'renew-webhooks',
      task: oneAtATime(
        renewWebhooks({ db, logger, now, providers, masterKey: parts.webhooks.masterKey }),
      ),
      cron: EVERY_HOUR,
    },
    { name: 'roll-up', task: oneAtATime(rollUp({ db, logger })), cron: EVERY_MINUTE },
    {
      name: 'check-alerts',
      task: oneAtATime(checkAlerts({ db, logger })),
      cron: EVERY_FIVE_MINUTES,
    },
  ];
}

/** Calls of other platforms that are over, or of which nobody said a word for long. */
async function endForeign({ db, logger, now, providers, webhooks }: JobParts): Promise<void> {
  const { masterKey } = webhooks;
  const parts = { db, logger, now, providers, masterKey };
  const count = await releaseOverCalls(parts, { silentFor: SILENT_FOR, limit: 100 });
  if (count > 0) logger.info({ count }, 'calls of other platforms are closed');
}

/** The calls of killed processes end when they last gave a sign of life. */
async function closeDead({ db, logger }: JobParts): Promise<void> {
  const count = await closeDeadCalls(db);
  if (count > 0) logger.warn({ count }, 'calls whose process died are closed');
}
