import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { readinessChecks } from '../../token-server/readiness.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer } from './start-token-server.ts';

const database = useTestDatabase();

/** A LiveKit that answers its health address with this status, or never. */
async function livekit(status: number | 'silence') {
  const server = createServer((_request, response) => {
    if (status !== 'silence') response.writeHead(status).end('OK');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('/healthz answers as long as the process does', async () => {
  await using server = await startTokenServer({
    checks: { database: () => Promise.reject(new Error('down')) },
  });
  const response = await fetch(`${server.url}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});

test('/readyz answers 200 when the database and LiveKit do', async () => {
  await using peer = await livekit(200);
  await using server = await startTokenServer({
    checks: readinessChecks({ db: database.db, livekitUrl: peer.url }),
  });
  const response = await fetch(`${server.url}/readyz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ready',
    parts: { database: 'ok', livekit: 'ok' },
  });
});

test('/readyz answers 503 when the database is down, and names nothing but the part', async () => {
  await using peer = await livekit(200);
  const db = openDatabase({ connectionString: 'postgres://slotline:hidden@127.0.0.1:1/slotline' });
  await using server = await startTokenServer({
    checks: readinessChecks({ db, livekitUrl: peer.url }),
  });
  const response = await fetch(`${server.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    error: { code: 'not_ready', message: 'Not reachable: database.' },
    parts: { database: 'unreachable', livekit: 'ok' },
  });
  expect(server.logText()).toContain('ECONNREFUSED');
  expect(server.logText()).not.toContain('hidden');
  await db.destroy();
});

test.for(['refused', 406, 500, 'silence'] as const)(
  '/readyz answers 503 when LiveKit says %s',
  async (state) => {
    await using peer = await livekit(state === 'refused' ? 200 : state);
    const livekitUrl = state === 'refused' ? 'ws://127.0.0.1:1' : peer.url;
    await using server = await startTokenServer({
      checks: readinessChecks({ db: database.db, livekitUrl, timeout: 200 }),
    });
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: { code: 'not_ready', message: 'Not reachable: livekit.' },
      parts: { database: 'ok', livekit: 'unreachable' },
    });
  },
);

test('/readyz asks the parts once a second, however often it is asked', async () => {
  let asked = 0;
  const database = async () => void (asked += 1);
  await using server = await startTokenServer({ checks: { database } });
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => fetch(`${server.url}/readyz`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(asked).toBeLessThanOrEqual(1 + Math.floor((performance.now() - began) / 1_000));
  await vi.waitUntil(
    async () => {
      await fetch(`${server.url}/readyz`);
      return asked > 1;
    },
    { timeout: 120_000 },
  );
});
