import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { insertApiKey } from '../../db/accounts/api-keys.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { KEY_PREFIX } from '../../manage/accounts/api-keys.ts';
import { makeSecretToken } from '../../manage/accounts/secret-token.ts';
import { CLOCK_VARIABLES } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();

interface Line {
  msg: string;
  url?: string;
}

/** The token server as a process, with its log lines. */
function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['token-server/main.ts'], {
    env: {
      ...CLOCK_VARIABLES,
      DATABASE_URL: database.url,
      LIVEKIT_URL: 'ws://127.0.0.1:1',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'a-test-secret-of-at-least-32-characters',
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // One that a failed test leaves would keep the whole run from ending.
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines: Line[] = [];
  const output = createInterface(child.stdout);
  const ready = new Promise<string>((resolve, reject) => {
    output.on('line', (text) => {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (line.msg === 'ready') resolve(line.url ?? '');
    });
    output.on('close', () => reject(new Error('ended before it was ready')));
  });
  // A test that expects the process to fail does not wait for it to be ready.
  ready.catch(() => {});
  return { child, exit, lines, ready };
}

test('says ready with its address, serves, and stops on SIGTERM', async () => {
  const { child, exit, lines, ready } = run({ RATE_LIMIT_STORE: 'postgres' });
  const url = await ready;
  const response = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"agent":"nobody"}',
  });
  expect(response.status).toBe(404);
  await response.text();
  const started = performance.now();
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(lines.at(-1)?.msg).toBe('stopped');
});

test('says ready although it is to log failures alone: npm start waits for it', async () => {
  const { child, exit, lines, ready } = run({ LOG_LEVEL: 'fatal' });
  await ready;
  child.kill('SIGTERM');
  await exit;
  expect(lines.map(({ msg }) => msg)).toEqual(['ready']);
});

test('names the variable that is missing and exits with 1', async () => {
  const { exit, lines } = run({ LIVEKIT_API_SECRET: '' });
  expect(await exit).toEqual([1, null]);
  expect(lines.map(({ msg }) => msg)).toEqual(['LIVEKIT_API_SECRET is not set.']);
});

test('names the port that is taken, how to change it, and exits with 1', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const { exit, lines } = run({ PORT: String(port) });
  expect(await exit).toEqual([1, null]);
  expect(lines.at(-1)?.msg).toBe(`port ${port} on 127.0.0.1 is taken: set PORT to a free one`);
  holder.close();
});

test('exits with 1 when the store of the limits cannot be reached', async () => {
  const { exit, lines } = run({
    RATE_LIMIT_STORE: 'postgres',
    DATABASE_URL: 'postgres://slotline@127.0.0.1:1/slotline',
  });
  expect(await exit).toEqual([1, null]);
  expect(lines.at(-1)?.msg).toMatch(/^The database cannot be reached \(ECONNREFUSED\)/);
});

test('lets visitors in while everything that the office asks of the database waits', async () => {
  const { db } = database;
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const { token, digest } = makeSecretToken(KEY_PREFIX);
  await insertApiKey(db, {
    organizationId,
    name: 'Website',
    start: token.slice(0, 12),
    scopes: ['audit:read'],
    requestsPerMinute: 6_000,
    keyDigest: digest,
    createdBy: null,
    expiresAt: null,
  });
  const { child, exit, ready } = run({
    OFFICE: '1',
    OFFICE_URL: 'https://office.example.com',
    SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
  });
  const url = await ready;
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  let asked: Promise<Response[]> | undefined;
  try {
    await holder.query('begin');
    await holder.query('lock table audit_entries in access exclusive mode');
    asked = Promise.all(
      Array.from({ length: 30 }, () =>
        fetch(`${url}/api/v1/organizations/${organizationId}/audit-log`, {
          headers: { Authorization: `Bearer ${token}` },
        }),
      ),
    );
    await vi.waitFor(async () => {
      const { rows } = await holder.query(
        `select from pg_locks where relation = 'audit_entries'::regclass and not granted`,
      );
      expect(rows.length).toBeGreaterThanOrEqual(10);
    }, 30_000);
    const visitor = await fetch(`${url}/api/agents/nobody`, { signal: AbortSignal.timeout(3_000) });
    expect(visitor.status).toBe(404);
  } finally {
    await holder.query('rollback');
    await holder.end();
    await asked;
    child.kill('SIGTERM');
    await exit;
  }
});
