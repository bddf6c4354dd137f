import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import {
  insertCalendarConnection,
  replaceWebhook,
} from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { applyWebhook } from '../../jobs/tasks/apply-webhook.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { recordedWebhooks } from '../support/recorded-webhooks.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer } from './start-token-server.ts';

/** An hour after the recorded webhooks. */
const CLOCK = clockFrom('2026-11-20T22:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const masterKey = randomBytes(32);
const SECRET = 'whsec_test';

interface Place {
  organizationId: string;
  id: string;
}

/** A Cal.com calendar whose webhooks are signed with the recordings' secret. */
async function connect(): Promise<Place> {
  const { db } = database;
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const id = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Cal.com',
    timeZone: 'America/New_York',
  });
  await replaceWebhook(
    db,
    { organizationId, id },
    { id: 'webhook-1', secret: { plain: SECRET, masterKey } },
  );
  return { organizationId, id };
}

async function listen(perMinute = 100_000) {
  return startTokenServer({
    webhooks: {
      providers: PROVIDERS,
      receiveDelivery: deliveryReceiver({ db: database.db, masterKey }),
      webhookLimiter: createRateLimiter({ perMinute, secret: 'a secret' }),
    },
  });
}

interface Delivery {
  rawBody: string;
  signature: string | undefined;
}

function signed(body: unknown, secret = SECRET): Delivery {
  const rawBody = typeof body === 'string' ? body : JSON.stringify(body);
  return { rawBody, signature: createHmac('sha256', secret).update(rawBody).digest('hex') };
}

const recorded: Delivery[] = recordedWebhooks.map(({ rawBody, headers }) => ({
  rawBody,
  signature: headers['X-Cal-Signature-256'],
}));

async function post(url: string, connectionId: string, delivery: Delivery) {
  return postTo(`${url}/api/webhooks/calcom/${connectionId}`, delivery);
}

async function postTo(address: string, { rawBody, signature }: Delivery) {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(signature === undefined ? {} : { 'X-Cal-Signature-256': signature }),
    },
    body: rawBody,
  });
  return { status: response.status, body: await response.text() };
}

/** Does what the jobs process does when it is woken. */
async function apply(): Promise<void> {
  const task = applyWebhook({
    db: database.db,
    logger: pino({ level: 'silent' }),
    providers: readProviders({}),
  });
  await task({}, undefined as never);
}

function deliveriesOf({ organizationId }: Place) {
  return database.db
    .selectFrom('webhookDeliveries')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .orderBy('receivedAt')
    .execute();
}

/** All of the mirror but what is different in every copy of it. */
async function mirrorOf({ organizationId }: Place) {
  const rows = await database.db
    .selectFrom('appointments')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .orderBy('reference')
    .execute();
  return rows.map(
    ({
      id: _id,
      organizationId: _o,
      calendarConnectionId: _c,
      createdAt: _a,
      updatedAt: _u,
      ...row
    }) => row,
  );
}

async function badSignatures({ id }: Place) {
  const { badSignatures: count } = await database.db
    .selectFrom('calendarConnections')
    .select('badSignatures')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return count;
}

/** The same order for the same seed (a linear congruential generator, Numerical Recipes). */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32);
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

describe('recorded webhooks', () => {
  test('become the appointments that the provider has', async () => {
    await using server = await listen();
    const place = await connect();
    for (const delivery of recorded) {
      expect(await post(server.url, place.id, delivery)).toEqual({
        status: 200,
        body: '{"status":"stored"}',
      });
    }
    await apply();
    const rows = await mirrorOf(place);
    expect(
      rows.map(({ reference, providerUid, status, startAt }) => [
        reference,
        providerUid,
        status,
        startAt.toISOString(),
      ]),
    ).toEqual(
      [
        [
          '9pjRttm61Tg3QrZQocM8Uz',
          'mGwdMBWx9UU5tvAdycwfbT',
          'confirmed',
          '2026-12-07T16:00:00.000Z',
        ],
        [
          'swbf5bBJovfGChPzqEasnR',
          'swbf5bBJovfGChPzqEasnR',
          'cancelled',
          '2026-12-07T18:00:00.000Z',
        ],
        [
          '4NoE4f3Ka57CVrkyV3KrTN',
          '4NoE4f3Ka57CVrkyV3KrTN',
          'confirmed',
          '2026-12-07T18:30:00.000Z',
        ],
        [
          'qj3ecfdFhd72vRrnnZccaG',
          'qj3ecfdFhd72vRrnnZccaG',
          'cancelled',
          '2026-12-08T15:00:00.000Z',
        ],
        [
          '2JoLsBv59FdKc1aVEzJZkW',
          '2JoLsBv59FdKc1aVEzJZkW',
          'confirmed',
          '2026-12-08T15:00:00.000Z',
        ],
        [
          '2qDgQZmwzbJm334SW8ovLe',
          '2qDgQZmwzbJm334SW8ovLe',
          'confirmed',
          '2026-12-09T15:00:00.000Z',
        ],
        [
          'vGSXG9ovpXjy4VTogE11CT',
          'vGSXG9ovpXjy4VTogE11CT',
          'rejected',
          '2026-12-09T16:00:00.000Z',
        ],
        ['8N5Qo9EZDFiotcjYHKAvBJ', '8N5Qo9EZDFiotcjYHKAvBJ', 'pending', '2026-12-09T17:00:00.000Z'],
        ['7pYDfdgVRCbcxa23zDtq1x', '7pYDfdgVRCbcxa23zDtq1x', 'pending', '2026-12-09T18:00:00.000Z'],
        ['61ytdVefTbEgvcg87ABCXU', '61ytdVefTbEgvcg87ABCXU', 'pending', '2026-12-09T19:00:00.000Z'],
        [
          'iUftFtxU72hmfVmn3WgkcA',
          'iUftFtxU72hmfVmn3WgkcA',
          'confirmed',
          '2026-12-10T15:00:00.000Z',
        ],
        [
          'nCqfWfq4FZdtvGiU3ahpQV',
          'nCqfWfq4FZdtvGiU3ahpQV',
          'confirmed',
          '2026-12-17T15:00:00.000Z',
        ],
      ].sort(([a = ''], [b = '']) => a.localeCompare(b)),
    );
    expect(rows.find(({ status }) => status === 'rejected')?.cancellationReason).toBe('busy');
    expect((await deliveriesOf(place)).map(({ state }) => state)).not.toContain('received');
  });

  test('leave no uid, name, address or signature in the log or in an answer', async () => {
    await using server = await listen();
    const place = await connect();
    const [first] = recorded;
    if (!first) throw new Error('no recording');
    await post(server.url, place.id, first);
    await post(server.url, place.id, { ...first, signature: '0'.repeat(64) });
    await post(server.url, place.id, signed('{"triggerEvent":'));
    expect(server.logText()).toContain('/api/webhooks/calcom/:connectionId');
    expect(server.logText()).not.toMatch(
      new RegExp(`9pjRttm61|Ada|example\\.com|${first.signature}|${SECRET}|${place.id}`),
    );
  });

  test('are stored once, however often they come', async () => {
    await using server = await listen();
    const place = await connect();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => recorded[0] as Delivery).map((delivery) =>
        post(server.url, place.id, delivery),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter(({ body }) => body.includes('stored'))).toHaveLength(1);
    await apply();
    const mirrored = await mirrorOf(place);
    expect(await post(server.url, place.id, recorded[0] as Delivery)).toMatchObject({
      body: '{"status":"known"}',
    });
    await apply();
    expect(await mirrorOf(place)).toEqual(mirrored);
    expect(await deliveriesOf(place)).toHaveLength(1);
  });

  test('keep nothing of the body but what is used', async () => {
    await using server = await listen();
    const place = await connect();
    // A request for confirmation carries a password that confirms it.
    const withPassword = recorded.find(({ rawBody }) => rawBody.includes('ed32fbe8-1a4a'));
    await post(server.url, place.id, withPassword as Delivery);
    await apply();
    expect(JSON.stringify(await deliveriesOf(place))).not.toContain('ed32fbe8-1a4a');
  });
});

describe('a delivery is refused', () => {
  const forged: [string, (delivery: Delivery) => Delivery][] = [
    ['without a signature', ({ rawBody }) => ({ rawBody, signature: undefined })],
    [
      'with the words of an unsigned one',
      ({ rawBody }) => ({ rawBody, signature: 'no-secret-provided' }),
    ],
    ['signed with another secret', ({ rawBody }) => signed(rawBody, 'whsec_other')],
    ['signed with an empty secret', ({ rawBody }) => signed(rawBody, '')],
    [
      'changed on its way',
      ({ rawBody, signature }) => ({
        rawBody: rawBody.replace('2026-12-07T15:00', '2026-12-07T17:00'),
        signature,
      }),
    ],
  ];

  test.for(forged)('%s, counted, and not stored', async ([, forge]) => {
    await using server = await listen();
    const place = await connect();
    const answer = await post(server.url, place.id, forge(recorded[0] as Delivery));
    expect(answer.status).toBe(401);
    expect(await badSignatures(place)).toBe(1);
    expect(await deliveriesOf(place)).toEqual([]);
  });

  test('the same for a calendar that does not exist, has no webhook, or is disconnected', async () => {
    await using server = await listen();
    const [place, silent, gone] = [await connect(), await connect(), await connect()];
    await replaceWebhook(database.db, silent, null);
    await database.db
      .updateTable('calendarConnections')
      .set({ disconnectedAt: CLOCK.now() })
      .where('id', '=', gone.id)
      .execute();
    const bad = await post(server.url, place.id, signed('{}', 'whsec_other'));
    for (const id of [randomUUID(), 'no-uuid', '%00', silent.id, gone.id]) {
      expect(await post(server.url, id, recorded[0] as Delivery)).toEqual(bad);
    }
    expect(bad.status).toBe(401);
  });

  test('when it is signed for another calendar', async () => {
    await using server = await listen();
    const [one, other] = [await connect(), await connect()];
    await replaceWebhook(database.db, other, {
      id: 'webhook-2',
      secret: { plain: 'whsec_2', masterKey },
    });
    expect((await post(server.url, other.id, signed('{}', SECRET))).status).toBe(401);
    expect((await post(server.url, one.id, recorded[0] as Delivery)).status).toBe(200);
  });

  test('when it is larger than any webhook', async () => {
    await using server = await listen();
    const place = await connect();
    const large = signed({ triggerEvent: 'BOOKING_CREATED', payload: 'x'.repeat(300_000) });
    expect((await post(server.url, place.id, large)).status).toBe(413);
  });

  test('when too many come from one address', async () => {
    await using server = await listen(2);
    const place = await connect();
    const statuses = [];
    for (const delivery of recorded.slice(0, 3)) {
      statuses.push((await post(server.url, place.id, delivery)).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('in any other way than POST, and not at all without a master key', async () => {
    await using server = await listen();
    await using without = await startTokenServer();
    const path = `/api/webhooks/calcom/${randomUUID()}`;
    expect((await fetch(server.url + path)).status).toBe(405);
    expect((await fetch(without.url + path, { method: 'POST' })).status).toBe(404);
  });
});

describe('at /api/cal/webhook, with the connection in the query', () => {
  const alias = (url: string, query: string): string => `${url}/api/cal/webhook${query}`;

  test('what is signed is stored, once by either address', async () => {
    await using server = await listen();
    const place = await connect();
    const [delivery] = recorded as [Delivery];
    const address = alias(server.url, `?connection=${place.id}`);
    expect(await postTo(address, delivery)).toEqual({ status: 200, body: '{"status":"stored"}' });
    expect(await post(server.url, place.id, delivery)).toEqual({
      status: 200,
      body: '{"status":"known"}',
    });
    expect(await deliveriesOf(place)).toHaveLength(1);
  });

  test('what is not signed as it must be is refused and counted, as at the other address', async () => {
    await using server = await listen();
    const place = await connect();
    const wrong = signed('{}', 'whsec_other');
    const answer = await postTo(alias(server.url, `?connection=${place.id}`), wrong);
    expect(answer).toEqual(await post(server.url, place.id, wrong));
    expect(answer.status).toBe(401);
    expect(await badSignatures(place)).toBe(2);
    expect(await deliveriesOf(place)).toEqual([]);
  });

  test('a connection that does not exist is refused like a wrong signature', async () => {
    await using server = await listen();
    const place = await connect();
    const bad = await postTo(
      alias(server.url, `?connection=${place.id}`),
      signed('{}', 'whsec_other'),
    );
    for (const id of [randomUUID(), 'no-uuid', '%00']) {
      const answer = await postTo(alias(server.url, `?connection=${id}`), recorded[0] as Delivery);
      expect(answer).toEqual(bad);
    }
  });

  test.for(['', '?', '?connection=', '?calendar=x'])(
    'the query "%s" is told to name a connection',
    async (query) => {
      await using server = await listen();
      const answer = await postTo(alias(server.url, query), recorded[0] as Delivery);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        error: { code: 'invalid_request', field: 'connection' },
      });
    },
  );

  test('the query is in no log', async () => {
    await using server = await listen();
    const place = await connect();
    await postTo(alias(server.url, `?connection=${place.id}`), recorded[0] as Delivery);
    expect(server.logText()).toContain('"/api/cal/webhook"');
    expect(server.logText()).not.toContain(place.id);
  });
});

describe('what is signed is answered 200 and stored', () => {
  test('when its trigger is not known', async () => {
    await using server = await listen();
    const place = await connect();
    const bodies = [
      { triggerEvent: 'BOOKING_NO_SHOW_UPDATED', createdAt: '2026-11-20T21:00:00Z', payload: {} },
      { triggerEvent: 'MEETING_ENDED', uid: 'u1', createdAt: '2026-11-20T21:00:00Z' },
      { triggerEvent: 'SOMETHING_OF_NEXT_YEAR', payload: { uid: 'u1' } },
    ];
    for (const body of bodies) {
      expect((await post(server.url, place.id, signed(body))).status).toBe(200);
    }
    await apply();
    expect(await deliveriesOf(place)).toMatchObject(
      bodies.map(({ triggerEvent }) => ({ trigger: triggerEvent, state: 'ignored' })),
    );
    expect(await mirrorOf(place)).toEqual([]);
  });

  test('when a booking in it cannot be read: it is marked as failed, without its content', async () => {
    await using server = await listen();
    const place = await connect();
    const body = { triggerEvent: 'BOOKING_CREATED', payload: { title: 'Ada Caller' } };
    expect((await post(server.url, place.id, signed(body))).status).toBe(200);
    await apply();
    const [delivery] = await deliveriesOf(place);
    expect(delivery).toMatchObject({ state: 'failed' });
    expect(delivery?.reason).toContain('uid');
    expect(delivery?.reason).not.toContain('Ada');
  });
});

describe('what no database can store costs no more than itself', () => {
  const booking = {
    uid: 'odd-1',
    type: 'consultation',
    title: 'Consultation',
    startTime: '2026-12-07T16:00:00Z',
    endTime: '2026-12-07T16:30:00Z',
    organizer: { name: 'Olive Owner', email: 'owner@example.com' },
    attendees: [{ name: 'Ada Caller', email: 'ada@example.com', timeZone: 'America/New_York' }],
  };
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const created = (more: object): string =>
    JSON.stringify({
      triggerEvent: 'BOOKING_CREATED',
      createdAt: '2026-11-20T21:00:00Z',
      payload: { ...booking, ...more },
    });

  test.for([
    ['a NUL in a text', created({ additionalNotes: 'Peanuts\u0000 kill me' }), 'Peanuts kill me'],
    ['half a surrogate', created({ additionalNotes: 'Peanuts \ud83d' }), 'Peanuts \ufffd'],
    ['a NUL in a name', created({ responses: { 'a\u0000b': { value: 'x' } } }), null],
    ['a NUL in an answer', created({ responses: { a: { value: ['\u0000'] } } }), null],
    ['20,000 lists', created({ x: 0 }).replace('"x":0', `"metadata":{"x":${deep(20_000)}}`), null],
    ['120,000 lists', created({ x: 0 }).replace('"x":0', `"x":${deep(120_000)}`), null],
    ['a number beyond all', created({ x: 0 }).replace('"x":0', '"metadata":{"x":1e999}'), null],
    ['a prototype', created({ x: 0 }).replace('"x":0', '"__proto__":{"uid":"other"}'), null],
  ] as const)('%s', async ([, body, notes]) => {
    await using server = await listen();
    const place = await connect();
    expect(await post(server.url, place.id, signed(body))).toEqual({
      status: 200,
      body: '{"status":"stored"}',
    });
    await apply();
    expect(await deliveriesOf(place)).toMatchObject([{ state: 'applied' }]);
    expect(await mirrorOf(place)).toMatchObject([
      { reference: 'odd-1', attendeeName: 'Ada Caller', notes },
    ]);
  });

  test.for([
    ['lists alone', deep(120_000)],
    ['no JSON', '{"triggerEvent":'],
    ['a trigger of NULs', '{"triggerEvent":"\\u0000\\u0000"}'],
    ['no bytes', ''],
  ])('and is answered 400 where nothing is left: %s', async ([, body = '']) => {
    await using server = await listen();
    const place = await connect();
    const answer = await post(server.url, place.id, signed(body));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'invalid_request' } });
    expect(await deliveriesOf(place)).toEqual([]);
  });
});

/** Bookings that are requested, accepted, moved, paid, cancelled and rejected: 200 pieces of news. */
function storyOf(count: number): Delivery[] {
  const news: unknown[] = [];
  let clock = Date.UTC(2026, 10, 20, 20);
  const tell = (triggerEvent: string, uid: string, more: object): void => {
    clock += 137;
    news.push({
      triggerEvent,
      createdAt: new Date(clock).toISOString(),
      payload: {
        uid,
        type: 'consultation',
        title: `Consultation ${uid} ${news.length}`,
        organizer: { name: 'Olive Owner', email: 'owner@example.com' },
        attendees: [
          {
            name: 'Ada Caller',
            email: 'ada@example.com',
            timeZone: 'America/New_York',
            // Only some triggers carry it.
            ...(news.length % 3 === 0 ? { phoneNumber: '+14155552671' } : {}),
          },
        ],
        ...more,
      },
    });
  };
  const at = (hour: number) => ({
    startTime: new Date(Date.UTC(2026, 11, 7, hour)).toISOString(),
    endTime: new Date(Date.UTC(2026, 11, 7, hour, 30)).toISOString(),
  });
  for (let booking = 0; news.length < count; booking += 1) {
    const uid = (move: number): string => `b${booking}-${move}`;
    if (booking % 4 === 0) {
      tell('BOOKING_REQUESTED', uid(0), { ...at(booking), status: 'PENDING' });
    }
    tell('BOOKING_CREATED', uid(0), { ...at(booking), metadata: { from: 'page' } });
    const moves = booking % 4;
    for (let move = 1; move <= moves; move += 1) {
      tell('BOOKING_RESCHEDULED', uid(move), {
        ...at(booking + move),
        rescheduleUid: uid(move - 1),
      });
    }
    if (booking % 5 === 1) tell('BOOKING_PAID', uid(moves), { paymentId: booking });
    if (booking % 3 === 0) {
      tell('BOOKING_CANCELLED', uid(moves), { ...at(booking + moves), cancellationReason: 'ill' });
    } else if (booking % 7 === 4) {
      tell('BOOKING_REJECTED', uid(moves), { ...at(booking + moves), rejectionReason: 'busy' });
    }
  }
  return news.slice(0, count).map((body) => signed(body));
}

test('200 deliveries in any order, some twice, end as they do in order', async () => {
  await using server = await listen();
  const story = storyOf(200);
  const inOrder = await connect();
  for (const [at, delivery] of story.entries()) {
    await post(server.url, inOrder.id, delivery);
    if (at % 10 === 0) await apply();
  }
  await apply();
  const expected = await mirrorOf(inOrder);
  expect(expected.length).toBeGreaterThan(40);
  expect(new Set(expected.map(({ status }) => status))).toEqual(
    new Set(['confirmed', 'cancelled', 'rejected']),
  );
  expect(expected.every(({ reference }) => reference.endsWith('-0'))).toBe(true);
  for (const seed of [1, 2]) {
    const place = await connect();
    const storm = shuffled([...story, ...story.slice(0, 50)], seed);
    // Applied while more comes in, by two processes.
    for (let at = 0; at < storm.length; at += 25) {
      await Promise.all(
        storm.slice(at, at + 25).map((delivery) => post(server.url, place.id, delivery)),
      );
      await Promise.all([apply(), apply()]);
    }
    expect(await deliveriesOf(place)).toHaveLength(200);
    expect(await mirrorOf(place)).toEqual(expected);
  }
}, 120_000);
