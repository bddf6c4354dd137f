import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';
import { OperatorError } from '../runtime/operator-error.ts';
import { isHeldUp } from './database-trouble.ts';
import type { Database } from './database.ts';

/** An index of a table that may be large. */
interface LargeIndex {
  name: string;
  /** Behind the word: table, columns and condition. */
  on: string;
}

export interface Migration {
  name: string;
  /** In one short transaction: until its end calls wait for the tables that it changes. */
  up: (db: QueryExecutorProvider) => Promise<void>;
  /** Built behind it, while others read and write. */
  indexes?: readonly LargeIndex[];
  /** What takes long, behind both and in no transaction: safe to run again where it broke off. */
  finish?: (db: QueryExecutorProvider) => Promise<void>;
}

/** The tables are held by somebody for so long that the database could not be brought up to date. */
class TablesHeldError extends OperatorError {
  override name = 'TablesHeldError';
}

/**
 * Milliseconds for which a change waits for its tables, and for which whoever comes behind it waits
 * too; so often it is tried, with a pause in which they go on.
 */
const WAITS = 1_000;
const PAUSE = 2_000;
const ATTEMPTS = 200;

/** How a migration is noted while what comes behind its transaction is not done. */
export function begunName(name: string): string {
  return `${name} (begun)`;
}

/**
 * Runs one migration, or what is left of it.
 * @param connection one connection, whose statements may take as long as they need
 * @throws {TablesHeldError}
 */
export async function runMigration(
  connection: Database,
  migration: Migration,
  { isBegun }: { isBegun: boolean },
): Promise<void> {
  const { name, indexes = [], finish } = migration;
  const isLong = indexes.length > 0 || finish !== undefined;
  if (!isBegun) await change(connection, migration, isLong ? begunName(name) : name);
  if (!isLong) return;
  for (const index of indexes) await buildIndex(connection, index);
  await finish?.(connection);
  await sql`
    update slotline_migrations set name = ${name}
    where name = ${begunName(name)}`.execute(connection);
}

/** A change that waits for a table has everybody wait behind it: it gives way, and tries again. */
async function change(connection: Database, { up, name }: Migration, noted: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.transaction().execute(async (transaction) => {
        await sql`set local lock_timeout = ${sql.lit(WAITS)}`.execute(transaction);
        await up(transaction);
        await sql`insert into slotline_migrations (name) values (${noted})`.execute(transaction);
      });
      return;
    } catch (cause) {
      if (!isHeldUp(cause)) throw cause;
      if (attempt === ATTEMPTS) {
        throw new TablesHeldError(
          `The migration "${name}" does not come by its tables: end the long transactions on them (a backup, an open psql), and run it again.`,
          { cause },
        );
      }
    }
    await pause(PAUSE);
  }
}

/**
 * Builds an index beside whoever reads and writes. One whose building broke off stays, is no good and
 * has the name: it goes first.
 */
async function buildIndex(connection: Database, { name, on }: LargeIndex): Promise<void> {
  const { rows } = await sql`
    select from pg_index join pg_class on pg_class.oid = indexrelid
    where relname = ${name} and pg_table_is_visible(indexrelid) and not indisvalid`.execute(
    connection,
  );
  const index = sql.ref(name);
  if (rows.length > 0) await sql`drop index concurrently ${index}`.execute(connection);
  await sql`create index concurrently if not exists ${index} on ${sql.raw(on)}`.execute(connection);
}
