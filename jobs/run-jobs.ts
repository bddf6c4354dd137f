import { parseCronItems, run } from 'graphile-worker';
import type { Task } from 'graphile-worker';
import { openPool } from '../db/database.ts';
import type { DatabaseOptions } from '../db/database.ts';
import type { Logger } from '../runtime/logger.ts';
import { queueLogger } from './queue-logger.ts';
import { quietTask } from './quiet-task.ts';

/** Something that the jobs process does, in every process that runs, safe with several at once. */
export interface Job<Name extends string = string> {
  /** Under which it is asked for. */
  name: Name;
  task: Task;
  /** In the five fields of cron; null where it runs only when it is asked for. */
  cron: string | null;
}

export interface RunningJobs {
  /** Ends after the jobs under way; those that are not done in time go back to the queue. */
  stop(): Promise<void>;
  /** Settles when the queue has stopped, with an error where it did so by itself. */
  ended: Promise<void>;
  /** Rejects where the queue cannot be asked now. */
  ping(): Promise<void>;
}

/**
 * Runs jobs from the queue in the database, whose own schema is made and kept up to date. Every job
 * with a time table is asked for at once as well: a process that comes back does not wait.
 */
export async function runJobs(options: {
  databaseUrl: string;
  /** Of the queue's own connections. */
  connections?: Pick<DatabaseOptions, 'answerTimeout' | 'onLostConnection'>;
  /** Jobs at once. */
  concurrency: number;
  logger: Logger;
  jobs: readonly Job[];
}): Promise<RunningJobs> {
  const timed = options.jobs.filter(({ cron }) => cron !== null);
  const pool = openPool({
    ...options.connections,
    connectionString: options.databaseUrl,
    applicationName: 'slotline-jobs',
    // One more listens, and one keeps the time table.
    maxConnections: options.concurrency + 2,
  });
  const runner = await run({
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: queueLogger(options.logger),
    taskList: Object.fromEntries(
      options.jobs.map(({ name, task }) => [name, quietTask(name, task, options.logger)]),
    ),
    parsedCronItems: parseCronItems(
      timed.map(({ name, cron }) => ({
        task: name,
        match: cron ?? '',
        options: { backfillPeriod: 0, maxAttempts: 1, jobKey: name },
      })),
    ),
  });
  for (const { name } of timed) await runner.addJob(name, {}, { jobKey: name, maxAttempts: 1 });
  const ended = (async () => {
    try {
      await runner.promise;
    } finally {
      // The queue does not wait for a job that is just being given back. The pool serves one after
      // the other: once this is answered, that one has its connection.
      await pool.query('select 1').catch(() => undefined);
      await pool.end();
    }
  })();
  return {
    stop: async () => {
      await runner.stop();
      await ended;
    },
    ended,
    ping: async () => void (await pool.query('select 1')),
  };
}
