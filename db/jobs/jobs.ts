import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Under which the queue knows each job. */
export type JobName =
  | 'sweep-intents'
  | 'reconcile-intent'
  | 'close-dead-calls'
  | 'end-foreign-calls'
  | 'purge-holds'
  | 'purge-records'
  | 'purge-jobs'
  | 'delete-recordings'
  | 'apply-webhook'
  | 'send-mail'
  | 'send-webhooks'
  | 'sync-calendar'
  | 'renew-webhooks'
  | 'roll-up'
  | 'check-alerts';

/** Jobs that other processes may ask for before their time comes; each looks for its work itself. */
type WakeableJob = Extract<
  JobName,
  | 'apply-webhook'
  | 'send-mail'
  | 'send-webhooks'
  | 'delete-recordings'
  | 'sync-calendar'
  | 'renew-webhooks'
>;

/**
 * Asks the jobs process to do a job now; in a transaction, once that is committed. Where no jobs
 * process has ever run on this database, nothing happens: it finds its work when it comes.
 */
export async function wakeJob(db: Database, job: WakeableJob): Promise<void> {
  // No job key: transactions that ask for the same job would wait for each other. A job that finds
  // nothing to do costs less.
  await sql
    .raw(
      `do $$
      begin
        perform graphile_worker.add_job('${job}', max_attempts => 1);
      exception when invalid_schema_name or undefined_function or undefined_table then
        null;
      end $$`,
    )
    .execute(db);
}

/**
 * Deletes jobs whose last attempt failed, or whose process died in it (the queue takes that for sure
 * after four hours), and those that nobody took for a day: no process knows their name. Answers how
 * many. The next job of their kind finds their work anew.
 */
export async function purgeJobs(db: Database): Promise<number> {
  const { rows } = await sql`
    select id from graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs where attempts >= max_attempts or run_at < now() - interval '1 day'
    ))`.execute(db);
  return rows.length;
}
