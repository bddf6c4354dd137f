import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { countedNetworks } from '../../token-server/counted-networks.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { findExampleAgent } from './example-agent.ts';
import { startTokenServer } from './start-token-server.ts';

const database = useTestDatabase();
const secret = 'a secret';

describe.for(['memory', 'postgres'] as const)('the limit kept in %s', (store) => {
  // Only the clock: the sockets and the database go on.
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['Date', 'setTimeout', 'clearTimeout'],
        shouldAdvanceTime: true,
      }),
  );
  afterEach(() => void vi.useRealTimers());

  function limiter(perMinute: number) {
    return createRateLimiter({
      perMinute,
      secret: `${secret} of ${expect.getState().currentTestName}`,
      ...(store === 'postgres' ? { db: database.db } : {}),
    });
  }

  test('answers 429 with Retry-After, and lets the visitor in again after it', async () => {
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      tokenLimiter: limiter(3),
    });
    for (let round = 0; round < 3; round += 1) {
      expect((await server.requestToken({ agent: 'front-desk' })).status).toBe(201);
    }
    const refused = await server.requestToken({ agent: 'front-desk' });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({
      error: { code: 'too_many_requests', message: expect.stringContaining(`${seconds} s`) },
    });
    vi.advanceTimersByTime(seconds * 1_000);
    expect((await server.requestToken({ agent: 'front-desk' })).status).toBe(201);
  });

  test('counts bad requests as well, and leaves other routes alone', async () => {
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      tokenLimiter: limiter(1),
    });
    expect((await server.requestToken('{')).status).toBe(400);
    expect((await server.requestToken('{')).status).toBe(429);
    expect((await fetch(`${server.url}/api/agents/front-desk`)).status).toBe(200);
  });

  test('limits how often an agent is looked up', async () => {
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      agentLimiter: limiter(1),
    });
    const look = () => fetch(`${server.url}/api/agents/front-desk`);
    expect((await look()).status).toBe(200);
    const refused = await look();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.requestToken({ agent: 'front-desk' })).status).toBe(201);
  });

  test('lets exactly as many through when they come at once', async () => {
    const tenAMinute = limiter(10);
    const waits = await Promise.all(
      Array.from({ length: 40 }, () => tenAMinute.take('203.0.113.9')),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  test('lets the lines of one customer through a few times as often as one line', async () => {
    const fiveAMinute = limiter(5);
    const passed = async (addresses: string[]) => {
      let count = 0;
      for (const address of addresses) if ((await fiveAMinute.take(address)) === 0) count += 1;
      return count;
    };
    const lines = Array.from({ length: 100 }, (_, line) => line.toString(16));
    expect(await passed(lines.map(() => '2001:db8:7::1'))).toBe(5);
    expect(await passed(lines.map((line) => `2001:db8:0:${line}::1`))).toBe(20);
    // A /48 of many customers: those of the first one count among them.
    expect(await passed(lines.map((line) => `2001:db8:0:${line}00::1`))).toBe(60);
    expect(await fiveAMinute.take('2001:db8:1::1')).toBe(0);
  });

  test('counts each address for itself', async () => {
    const oneAMinute = limiter(1);
    expect(await oneAMinute.take('203.0.113.1')).toBe(0);
    expect(await oneAMinute.take('203.0.113.2')).toBe(0);
    expect(await oneAMinute.take('203.0.113.1')).toBeGreaterThan(0);
  });
});

test('two processes with PostgreSQL count together and store no address', async () => {
  const options = { perMinute: 2, secret, db: database.db };
  const [one, other] = [createRateLimiter(options), createRateLimiter(options)];
  expect(await one.take('203.0.113.77')).toBe(0);
  expect(await other.take('203.0.113.77')).toBe(0);
  expect(await one.take('203.0.113.77')).toBeGreaterThan(0);
  const { rows } = await sql`select key from token_rate_limits`.execute(database.db);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('203.0.113');
});

test('believes X-Forwarded-For only behind a proxy that is trusted', async () => {
  const seen: string[] = [];
  const tokenLimiter = { take: async (address: string) => (seen.push(address), 0) };
  const forwarded = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.5' };
  await using open = await startTokenServer({ tokenLimiter });
  await open.requestToken({ agent: 'x' }, forwarded);
  await using behind = await startTokenServer({
    tokenLimiter,
    config: { trustProxy: ['loopback'] },
  });
  await behind.requestToken({ agent: 'x' }, forwarded);
  expect(seen).toEqual(['127.0.0.1', '203.0.113.5']);
});

test('a limiter whose store is down answers 500 and says nothing of it', async () => {
  await using server = await startTokenServer({
    tokenLimiter: { take: () => Promise.reject(new Error('the store at 10.0.0.7 is down')) },
  });
  const response = await server.requestToken({ agent: 'front-desk' });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('10.0.0.7');
});

test.for([
  ['203.0.113.9', ['203.0.113.9']],
  ['::ffff:203.0.113.9', ['203.0.113.9']],
  ['::ffff:cb00:7109', ['203.0.113.9']],
  ['2001:db8:1:2:3:4:5:6', ['20010db800010002/64', '20010db8000100/56', '20010db80001/48']],
  ['2001:0DB8:0001:2::', ['20010db800010002/64', '20010db8000100/56', '20010db80001/48']],
  ['2001:db8:1:234:ffff::1', ['20010db800010234/64', '20010db8000102/56', '20010db80001/48']],
  ['2001:db8::1', ['20010db800000000/64', '20010db8000000/56', '20010db80000/48']],
  ['fe80::1%eth0', ['fe80000000000000/64', 'fe800000000000/56', 'fe8000000000/48']],
  ['::1', ['0000000000000000/64', '00000000000000/56', '000000000000/48']],
  ['unknown', ['unknown']],
] as const)('%s is counted with %j', ([address, networks]) => {
  expect(countedNetworks(address)).toEqual(networks);
});
