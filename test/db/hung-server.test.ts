import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
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
    await expect(sql`select 1`.execute(db)).rejects.toThrow('timeout');
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

interface FreezingProxy {
  url: string;
  /** From now on nothing is forwarded, and nobody is told. */
  freeze(): void;
  /** Forwards connections that are made from now on. */
  takeNew(): void;
  stop(): Promise<void>;
}

/** A server on loopback in front of the test server that can stop to forward. */
async function startFreezingProxy(target: string): Promise<FreezingProxy> {
  const { hostname, port, pathname, username, password } = new URL(target);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    if (isFrozen) return;
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (server.address() as AddressInfo).port;
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${at}${pathname}`,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    takeNew() {
      isFrozen = false;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
