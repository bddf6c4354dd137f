import { parseCronItems, run } from 'graphile-worker';
import type { Logger } from 'pino';
import { queueLogger } from './queue-logger.ts';
import type { Job } from './job.ts';

export interface RunningJobs {
  /** Ends after the jobs under way; those that are not done in time go back to the queue. */
  stop(): Promise<void>;
  /** Settles when the queue has stopped, with an error where it did so by itself. */
  ended: Promise<void>;
}

/**
 * Runs jobs from the queue in the database, whose own schema is made and kept up to date. Every job
 * with a time table is asked for at once as well: a process that comes back does not wait.
 */
export async function runJobs(options: {
  databaseUrl: string;
  /** Jobs at once. */
  concurrency: number;
  logger: Logger;
  jobs: readonly Job[];
}): Promise<RunningJobs> {
  const timed = options.jobs.filter(({ cron }) => cron !== null);
  const runner = await run({
    connectionString: options.databaseUrl,
    concurrency: options.concurrency,
    // One more listens, and one keeps the time table.
    maxPoolSize: options.concurrency + 2,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: queueLogger(options.logger),
    taskList: Object.fromEntries(options.jobs.map(({ name, task }) => [name, task])),
    parsedCronItems: parseCronItems(
      timed.map(({ name, cron }) => ({
        task: name,
        match: cron ?? '',
        options: { backfillPeriod: 0, maxAttempts: 1, jobKey: name },
      })),
    ),
  });
  for (const { name } of timed) await runner.addJob(name, {}, { jobKey: name, maxAttempts: 1 });
  return { stop: () => runner.stop(), ended: runner.promise };
}
