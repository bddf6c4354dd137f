import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Whether a jobs process has ever run on this database: the first one makes its schema. */
export async function hasJobsSchema(db: Database): Promise<boolean> {
  const { rows } = await sql<{ exists: boolean }>`
    select to_regnamespace('graphile_worker') is not null as exists`.execute(db);
  return rows[0]?.exists ?? false;
}
