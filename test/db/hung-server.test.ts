import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isConnectionLoss } from '../../db/database-trouble.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { startFreezingProxy } from '../support/freezing-proxy.ts';
import type { FreezingProxy } from '../support/freezing-proxy.ts';
import { useTestDatabase } from '../support/test-database.ts';

/** Milliseconds. */
const ANSWER_TIMEOUT = 300;
const database = useTestDatabase();
let frozen: FreezingProxy;
let db: Database;

beforeEach(async () => {
  frozen = await startFreezingProxy(database.url);
  db = openDatabase({
    connectionString: frozen.url,
    maxConnections: 1,
    answerTimeout: ANSWER_TIMEOUT,
  });
  await sql`select 1`.execute(db);
});
afterEach(async () => {
  await db.destroy();
  await frozen.stop();
});

describe('a database that hangs', () => {
  it('is not waited for without end', async () => {
    frozen.freeze();
    const error = await sql`select 1`.execute(db).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining('timeout') });
    expect(isConnectionLoss(error)).toBe(true);
  });

  it('costs a transaction one wait, not another for its rollback', async () => {
    const begun = performance.now();
    const work = db.transaction().execute(async (transaction) => {
      frozen.freeze();
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toThrow('timeout');
    expect(performance.now() - begun).toBeLessThan(2 * ANSWER_TIMEOUT);
  });

  it('is asked on a new connection when it is back', async () => {
    frozen.freeze();
    await expect(sql`select 1`.execute(db)).rejects.toThrow('timeout');
    // The old connection stays dead, as after a failover.
    frozen.takeNew();
    const { rows } = await sql`select 1 as one`.execute(db);
    expect(rows).toEqual([{ one: 1 }]);
  });
});
