import { sql } from 'kysely';
import type { Database } from './database.ts';

/** By what name the one connection of each worker is known to PostgreSQL. */
export const WORKER_APPLICATION = 'slotline-agent';
/** That of the connections of its processes of calls. */
export const CALLS_APPLICATION = 'slotline-call';

/** How many connections PostgreSQL takes and has. */
export interface ConnectionCounts {
  /** Of everybody but a superuser, at most. */
  allowed: number;
  /** Workers that are connected. */
  workers: number;
  /** Connections that are open and are neither a worker's nor of its processes. */
  others: number;
}

/** Workers that are connected to this database. */
export async function countWorkers(db: Database): Promise<number> {
  const { rows } = await sql<{ workers: number }>`
    select count(*)::int as workers from pg_stat_activity
    where application_name = ${WORKER_APPLICATION} and datname = current_database()`.execute(db);
  return rows[0]?.workers ?? 0;
}

/** Reads what PostgreSQL allows and who is connected, whichever database they use. */
export async function readConnectionCounts(db: Database): Promise<ConnectionCounts> {
  const { rows } = await sql<ConnectionCounts>`
    select
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int as allowed,
      (count(*) filter (where application_name = ${WORKER_APPLICATION}))::int as workers,
      (count(*) filter (where application_name not in (${WORKER_APPLICATION}, ${CALLS_APPLICATION})))::int
        as others
    from pg_stat_activity where backend_type = 'client backend'`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL did not say how many connections it takes.');
  return row;
}
