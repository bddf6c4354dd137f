import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { JobName } from './jobs.ts';

/** What the queue tells of the processes that work on it. */
export interface JobsHeartbeat {
  /** Whether a jobs process has ever run on this database: the first one makes its schema. */
  everRan: boolean;
  /** Milliseconds that the sweep for open intents is overdue; null where it was never asked for. */
  overdue: number | null;
}

/** The sweep for open intents. */
export const SWEEP: JobName = 'sweep-intents';

/** The sweep asks for its own next run, a few seconds ahead: overdue, nobody works. */
export async function readJobsHeartbeat(db: Database): Promise<JobsHeartbeat> {
  const view = await sql<{ exists: boolean }>`
    select to_regclass('graphile_worker.jobs') is not null as exists`.execute(db);
  if (!view.rows[0]?.exists) return { everRan: false, overdue: null };
  const { rows } = await sql<{ overdue: number | null }>`
    select (extract(epoch from now() - max(run_at)) * 1000)::double precision as overdue
    from graphile_worker.jobs where task_identifier = ${SWEEP}`.execute(db);
  return { everRan: true, overdue: rows[0]?.overdue ?? null };
}
