import { afterEach, describe, expect, it } from 'vitest';
import {
  API_KEY,
  control,
  problemsOf,
  request,
  startCalcom,
  type ValidatedSimulator,
} from './start-calcom.ts';

const OTHER_KEY = 'cal_ffffffffffffffffffffffffffffffff';

let simulator: ValidatedSimulator;
afterEach(async () => await simulator.close());

describe('keys', () => {
  it('refuses a key it does not know, on public routes too', async () => {
    simulator = await startCalcom();
    for (const path of ['/v2/me', '/v2/event-types?username=front-desk']) {
      const { body, status } = await request(simulator, 'GET', path, { key: 'cal_wrong' });
      expect([status, body.error?.code]).toStrictEqual([401, 'UnauthorizedException']);
    }
  });

  it('lets a key without rights know itself and nothing else', async () => {
    simulator = await startCalcom({
      accounts: [{ username: 'intern', apiKey: API_KEY, rights: 'none' }],
    });
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(200);
    expect((await request(simulator, 'GET', '/v2/event-types')).status).toBe(403);
  });

  it('takes away a key, and gives one back', async () => {
    simulator = await startCalcom();
    await control(simulator, 'PATCH', 'accounts/front-desk', { apiKey: null });
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(401);
    await control(simulator, 'PATCH', 'accounts/front-desk', { apiKey: API_KEY });
    expect((await request(simulator, 'GET', '/v2/me')).status).toBe(200);
  });
});

describe('event types', () => {
  it('shows a slug of another user under that user alone', async () => {
    simulator = await startCalcom({
      accounts: [
        { username: 'front-desk', apiKey: API_KEY },
        {
          username: 'colleague',
          apiKey: OTHER_KEY,
          eventTypes: [{ slug: 'demo', lengthInMinutes: 30 }],
        },
      ],
    });
    const found = async (username: string): Promise<unknown> => {
      const path = `/v2/event-types?username=${username}&eventSlug=demo`;
      return (await request(simulator, 'GET', path)).body.data;
    };
    expect(await found('front-desk')).toStrictEqual([]);
    expect(await found('colleague')).toMatchObject([{ slug: 'demo' }]);
    expect((await request(simulator, 'GET', '/v2/event-types/1')).status).toBe(404);
  });

  it('creates a slug once', async () => {
    simulator = await startCalcom();
    const body = { slug: 'demo', title: 'Demo', lengthInMinutes: 45 };
    const create = async () => await request(simulator, 'POST', '/v2/event-types', { body });
    expect((await create()).body.data).toMatchObject({ id: 2, lengthInMinutes: 45 });
    const { body: refusal, status } = await create();
    expect([status, refusal.error?.message]).toStrictEqual([
      400,
      'User already has an event type with this slug.',
    ]);
    expect((await request(simulator, 'DELETE', '/v2/event-types/2')).status).toBe(200);
    expect((await request(simulator, 'GET', '/v2/event-types/2')).status).toBe(404);
  });
});

describe('teams', () => {
  it('shows its members their event types', async () => {
    simulator = await startCalcom({
      accounts: [
        { username: 'front-desk', apiKey: API_KEY },
        { username: 'stranger', apiKey: OTHER_KEY },
      ],
      teams: [
        {
          slug: 'sales',
          members: ['front-desk'],
          eventTypes: [{ slug: 'demo', lengthInMinutes: 30, schedulingType: 'roundRobin' }],
        },
      ],
    });
    const teams = await request(simulator, 'GET', '/v2/teams');
    expect(teams.body.data).toMatchObject([{ id: 1, slug: 'sales' }]);
    const path = '/v2/teams/1/event-types?eventSlug=demo';
    expect((await request(simulator, 'GET', path)).body.data).toMatchObject([
      { slug: 'demo', teamId: 1, schedulingType: 'roundRobin' },
    ]);
    const stranger = { key: OTHER_KEY };
    expect((await request(simulator, 'GET', '/v2/teams', stranger)).body.data).toStrictEqual([]);
    expect((await request(simulator, 'GET', path, stranger)).status).toBe(403);
    const own = await request(simulator, 'GET', '/v2/event-types');
    expect(own.body.data).toStrictEqual([]);
  });
});

describe('schedules', () => {
  it('gives hours to an account that had none', async () => {
    simulator = await startCalcom({
      accounts: [
        {
          username: 'new',
          apiKey: API_KEY,
          availability: [],
          eventTypes: [{ slug: 'demo', lengthInMinutes: 30 }],
        },
      ],
    });
    expect((await request(simulator, 'GET', '/v2/schedules')).body.data).toStrictEqual([]);
    const body = {
      name: 'Mornings',
      timeZone: 'America/New_York',
      isDefault: true,
      availability: [{ days: ['Tuesday'], startTime: '09:00', endTime: '10:00' }],
    };
    const { status } = await request(simulator, 'POST', '/v2/schedules', { body });
    expect(status).toBe(201);
    const overrides = [{ date: '2026-11-24', startTime: '11:00', endTime: '12:00' }];
    await request(simulator, 'PATCH', '/v2/schedules/1', { body: { overrides } });
    const path = '/v2/slots?eventTypeId=1&start=2026-11-24&end=2026-12-01';
    expect((await request(simulator, 'GET', path)).body.data).toStrictEqual({
      '2026-11-24': [{ start: '2026-11-24T16:00:00.000Z' }, { start: '2026-11-24T16:30:00.000Z' }],
      '2026-12-01': [{ start: '2026-12-01T14:00:00.000Z' }, { start: '2026-12-01T14:30:00.000Z' }],
    });
    expect((await request(simulator, 'GET', '/v2/schedules/default')).body.data).toMatchObject({
      name: 'Mornings',
    });
  });
});

describe('the rate limit', () => {
  it('counts each key, and says in its headers what is left', async () => {
    simulator = await startCalcom({ rateLimit: { limit: 2, window: 60_000 } });
    const me = async () => await request(simulator, 'GET', '/v2/me');
    const answers = [await me(), await me(), await me()];
    const read = (name: string) => answers.map(({ headers }) => headers.get(name));
    expect(answers.map(({ status }) => status)).toStrictEqual([200, 200, 429]);
    expect(read('X-RateLimit-Limit-Default')).toStrictEqual(['2', '2', '2']);
    expect(read('X-RateLimit-Remaining-Default')).toStrictEqual(['1', '0', '0']);
    expect(Number(answers[2]?.headers.get('X-RateLimit-Reset-Default'))).toBeGreaterThan(0);
    expect(read('Retry-After')).toStrictEqual([null, null, null]);
    const told = 'CustomThrottlerGuard - Too many requests. Please try again later.';
    expect(answers[2]?.body.error).toStrictEqual({
      code: 'ThrottlerException',
      message: told,
      details: told,
    });
    const path = '/v2/slots?eventTypeId=1&start=2026-11-24&end=2026-11-24';
    expect((await request(simulator, 'GET', path, { key: null })).status).toBe(200);
  });

  it('ends with its window', async () => {
    simulator = await startCalcom({ rateLimit: { limit: 1, window: 40 } });
    await expect
      .poll(async () => (await request(simulator, 'GET', '/v2/me')).status, { interval: 5 })
      .toBe(429);
    await expect
      .poll(async () => (await request(simulator, 'GET', '/v2/me')).status, { interval: 5 })
      .toBe(200);
  });
});

describe('validation', () => {
  it('finds an answer that the specification does not allow', async () => {
    simulator = await startCalcom();
    await request(simulator, 'GET', '/v2/me');
    expect(simulator.validated).toBe(1);
    const answer = { operation: 'me.get', method: 'GET', path: '/v2/me', status: 200 };
    expect(problemsOf({ ...answer, body: { status: 'success' } })).toHaveLength(1);
  });
});
