import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
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
  /** Milliseconds until an answer is not waited for any more; 12,000 unless given. */
  answerTimeout?: number;
  /** Told of a connection that the server ended, e.g. in a restart; the pool reconnects by itself. */
  onLostConnection?: (error: Error) => void;
}

/** After a fail-over every connection has found the new server by then. */
const LIFETIME_SECONDS = 600;

/** Of PostgreSQL: a write on a server that takes none, such as the old primary after a fail-over. */
const READ_ONLY = '25006';

/** Milliseconds without a word until the operating system asks whether the server is there. */
const QUIET = 10_000;

/** Longer than the server's own limit, which it keeps as long as it is well: its word is better. */
const ANSWER_TIMEOUT = 12_000;

/**
 * Opens a pool; no connection is made before the first query. A query waits 5 s for a connection
 * and runs 10 s at most; of a server that does not answer at all 12 s are waited for, so that a
 * caller never waits on a hung database in silence. Close it with `pool.end()`.
 */
export function openPool(options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 5,
    application_name: options.applicationName ?? 'slotline',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: options.answerTimeout ?? ANSWER_TIMEOUT,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    // A connection that only listens sends nothing that would show that the server has gone.
    keepAlive: true,
    keepAliveInitialDelayMillis: QUIET,
  });
  // An error without a listener ends the process: of an idle connection the pool tells, of one that
  // is in somebody's hands only the connection itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    let isLost = false;
    client.on('error', (error) => {
      if (!isLost) options.onLostConnection?.(error);
      isLost = true;
    });
    closeWhenLost(client);
  });
  return pool;
}

/** Opens the database over a pool of its own. Close it with `db.destroy()`. */
export function openDatabase(options: DatabaseOptions): Database {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: preparing(openPool(options)) }),
    // JSON documents are ours: the plugin renames columns and leaves keys inside a document alone.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** Does something in the transaction that is open, or else in one of its own. */
export function inTransaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/**
 * Closes a connection whose query ended without a word of the server, or whose server takes no
 * writes any more: the pool makes a new one. A query that is given up still waits for its answer
 * there, and the next query would wait behind it, a rollback as long again.
 */
function closeWhenLost(client: pg.ClientBase): void {
  const ask = client.query.bind(client) as (...query: unknown[]) => Promise<unknown>;
  let loss: unknown;
  const query = async (...asked: unknown[]): Promise<unknown> => {
    if (loss !== undefined) throw loss;
    try {
      return await ask(...asked);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code === READ_ONLY) {
        loss = error;
        (client as pg.Client).end().catch(() => undefined);
      }
      throw error;
    }
  };
  // Of its forms the one that answers with a promise: nobody here uses another.
  client.query = query as typeof client.query;
}

/** A pool whose statements are prepared where they ask for it. */
function preparing(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const query = async (text: string, parameters: readonly unknown[]) => {
        const answer = await client.query(toQuery(text, parameters));
        // Of several statements in one text the last one's counts.
        return Array.isArray(answer) ? (answer as (typeof answer)[]).at(-1) : answer;
      };
      return {
        // Of its two forms the one without a cursor.
        query: query as unknown as PostgresPoolClient['query'],
        release: (destroy = false) => client.release(destroy),
      };
    },
  };
}

/**
 * Begins a statement that every connection parses and plans once, for those that many callers ask at
 * the same moment. It names the columns that it answers: a plan that is kept does not survive
 * another number of them, as a migration beside running processes would bring it.
 */
export const PREPARED = sql.raw('/* prepared */');

/** By the text of each statement that is prepared. */
const PREPARED_NAMES = new Map<string, string>();

function toQuery(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  const query = { text, values: [...parameters] };
  if (!text.trimStart().startsWith('/* prepared */')) return query;
  const name = PREPARED_NAMES.get(text) ?? `slotline-${PREPARED_NAMES.size}`;
  PREPARED_NAMES.set(text, name);
  return { ...query, name };
}

/**
 * Opens a connection if there is none.
 * @throws when the database does not answer, or takes no writes
 */
export async function pingDatabase(db: Database): Promise<void> {
  const { rows } = await sql<{ readOnly: string }>`
    select current_setting('transaction_read_only') as read_only`.execute(db);
  if (rows[0]?.readOnly !== 'off') {
    throw new Error('The database takes no writes: DATABASE_URL leads to a replica.');
  }
}
