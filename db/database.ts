import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** Everything a query function may be given: the database or a transaction on it. */
export type Database = Kysely<Schema>;

export interface DatabaseOptions {
  connectionString: string;
  /** Connections at most; the default of 5 suits a job process that serves one call. */
  maxConnections?: number;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  /** Receives errors of idle connections, e.g. a server that restarts; the pool reconnects by itself. */
  onIdleError?: (error: Error) => void;
}

/**
 * Opens a pool; no connection is made before the first query. A query waits 5 s for a connection
 * and runs 10 s at most, so that a caller never waits on a hung database in silence.
 * Close it with `db.destroy()`.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 5,
    application_name: options.applicationName ?? 'slotline',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    // JSON documents are ours: the plugin renames columns and leaves keys inside a document alone.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** Opens a connection if there is none, and throws when the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}
