import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { explainDatabaseTrouble, isConnectionLoss } from '../db/database-trouble.ts';
import { openDatabase, pingDatabase } from '../db/database.ts';
import { checkSchema } from '../db/migrator.ts';
import { readJobsConfig } from './config.ts';
import { serveHealth } from '../runtime/health.ts';
import { failProcess } from '../runtime/fail-process.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { announceReady, createLogger } from '../runtime/logger.ts';
import { createMailer } from './mail/mailer.ts';
import { runJobs } from './run-jobs.ts';
import { listJobs } from './task-list.ts';
import { webhookTransport } from './webhooks/webhook-transport.ts';

async function main(): Promise<void> {
  guardGlobalFetch();
  const config = readJobsConfig(process.env);
  const logger = createLogger('jobs', config.LOG_LEVEL);
  const { SLOTLINE_MASTER_KEY: masterKey, providers } = config;
  const now = () => new Date();
  const onLostConnection = (err: Error): void =>
    logger.warn({ err }, 'a database connection was lost');
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    applicationName: 'slotline-jobs',
    maxConnections: config.JOBS_CONCURRENCY,
    onLostConnection,
  });
  // The queue does not wait for a job to be given back. One that cannot be, because the database was
  // lost in that moment, stays in the queue, and every job finds its work anew.
  process.on('unhandledRejection', (err) => {
    if (!isConnectionLoss(err)) failProcess('jobs', err, 'the jobs cannot go on');
    logger.warn({ err }, 'a job could not be given back');
  });
  await checkSchema(db);
  const openCalendar = (event: Parameters<typeof openEventCalendar>[1]) =>
    openEventCalendar(db, event, { masterKey, now, providers });
  const { SMTP_URL: url, SMTP_FROM: from } = config;
  const mailer = url !== undefined && from !== undefined ? createMailer({ url, from }) : undefined;
  const jobs = await runJobs({
    databaseUrl: config.DATABASE_URL,
    connections: { onLostConnection },
    concurrency: config.JOBS_CONCURRENCY,
    logger,
    jobs: listJobs({
      db,
      logger,
      now,
      reconciler: { db, openCalendar },
      providers,
      mailer,
      recordings: config.recordings?.store,
      webhooks: { masterKey, fetch: webhookTransport(config.WEBHOOK_PRIVATE_NETWORKS) },
      syncInterval: config.SYNC_INTERVAL_SECONDS * 1_000,
    }),
  });
  const { JOBS_HOST: host, JOBS_HEALTH_PORT: port } = config;
  const health =
    port === undefined
      ? undefined
      : await serveHealth({
          host,
          port,
          logger,
          check: async () => void (await Promise.all([pingDatabase(db), jobs.ping()])),
        });
  announceReady(logger);

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    await jobs.stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((err: unknown) => {
        logger.error({ err }, 'could not stop in order');
        process.exit(1);
      });
    });
  }
  await jobs.ended;
  health?.stop();
  mailer?.close();
  await db.destroy();
  logger.info('stopped');
}

try {
  await main();
} catch (error) {
  failProcess('jobs', error, 'the jobs cannot go on', explainDatabaseTrouble);
}
