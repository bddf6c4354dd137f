import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import type { TestClock } from './test-clock.ts';

export interface TestDatabase {
  /** Valid inside tests, from `beforeAll` on. */
  readonly db: Database;
  readonly url: string;
}

/**
 * A database of the test file's own, cloned from the migrated template. Dropped at the end of the
 * file without force: a connection that the file leaked fails it.
 *
 * @param options.clock dates every row, whoever connects; the machine's unless given
 */
export function useTestDatabase(
  options: { maxConnections?: number; clock?: TestClock } = {},
): TestDatabase {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = inject('postgresUrl');
  const url = `${server}/${name}`;
  let db: Database | undefined;
  beforeAll(async () => {
    await administer(server, `create database ${name} template template_slotline`);
    if (options.clock) {
      const { shift } = options.clock;
      await administer(server, `alter database ${name} set slotline.clock_shift = '${shift}'`);
    }
    db = openDatabase({ connectionString: url, maxConnections: options.maxConnections ?? 5 });
  });
  afterAll(async () => {
    await db?.destroy();
    await administer(server, `drop database ${name}`);
  });
  return {
    get db() {
      if (!db) throw new Error('The test database opens in beforeAll: use it inside tests.');
      return db;
    },
    url,
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
