import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { readSample, shapeProblems } from './sample-shapes.ts';
import { NOW, startCalendly, TOKEN } from './start-calendly.ts';
import type { ValidatedSimulator } from './start-calendly.ts';

let simulator: ValidatedSimulator;
beforeEach(async () => {
  simulator = await startCalendly({
    bookingLimits: [{ limit: 2, window: 60_000 }],
    requestLimit: { limit: 500, window: 60_000 },
  });
});
afterEach(() => simulator.close());

async function ask(
  method: string,
  path: string,
  { body, token = TOKEN }: { body?: object; token?: string } = {},
) {
  const answer = await fetch(`${simulator.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text === '' ? {} : JSON.parse(text)) as {
      resource?: Record<string, string>;
      collection?: Record<string, unknown>[];
      details?: { parameter: string; code?: string }[];
    },
  };
}

async function uris() {
  const me = (await ask('GET', '/users/me')).body.resource;
  const user = me?.['uri'] ?? '';
  const listed = await ask('GET', `/event_types?user=${encodeURIComponent(user)}&count=100`);
  const eventType = String(listed.body.collection?.[0]?.['uri']);
  return { user, organization: me?.['current_organization'] ?? '', eventType };
}

/** Tuesday, at ten in New York. */
const START = '2026-11-24T15:00:00Z';

function booking(eventType: string, change: object = {}) {
  return {
    event_type: eventType,
    start_time: START,
    invitee: { name: 'Ann Example', email: 'ann@example.com', timezone: 'America/New_York' },
    tracking: {
      utm_campaign: null,
      utm_source: 'slotline',
      utm_medium: null,
      utm_content: 'a key',
      utm_term: null,
      salesforce_uuid: null,
    },
    ...change,
  };
}

describe('the stand-in of Calendly', () => {
  it('answers in the shape of the samples, from account to cancellation', async () => {
    const { user, organization, eventType } = await uris();
    const range = `start_time=2026-11-24T00:00:00Z&end_time=2026-12-24T00:00:00Z`;
    const of = `event_type=${encodeURIComponent(eventType)}`;
    const times = await ask('GET', `/event_type_available_times?${of}&${range}`);
    expect(times.body.collection).toContainEqual(
      expect.objectContaining({ status: 'available', start_time: START }),
    );
    const made = await ask('POST', '/invitees', { body: booking(eventType) });
    expect(made.status).toBe(201);
    const id = made.body.resource?.['event']?.split('/').at(-1) ?? '';
    expect((await ask('POST', '/invitees', { body: booking(eventType) })).body.details).toEqual([
      expect.objectContaining({ parameter: 'start_time', code: 'already_filled' }),
    ]);
    const tooMany = await ask('POST', '/invitees', { body: booking(eventType) });
    expect(tooMany.status).toBe(429);
    expect(tooMany.headers.get('X-RateLimit-Limit')).toBe('2');
    expect(tooMany.headers.get('X-RateLimit-Reset')).toBe('60');
    const query = `user=${encodeURIComponent(user)}&invitee_email=ann@example.com&min_start_time=${NOW}`;
    const listed = await ask('GET', `/scheduled_events?${query}&sort=start_time:asc&count=100`);
    expect(listed.body.collection).toHaveLength(1);
    expect(listed.headers.get('X-RateLimit-Limit')).toBe('500');
    await ask('GET', `/scheduled_events/${id}/invitees?count=100`);
    const cancellation = `/scheduled_events/${id}/cancellation`;
    expect((await ask('POST', cancellation, { body: { reason: 'By phone.' } })).status).toBe(201);
    expect((await ask('POST', cancellation, { body: { reason: 'Again.' } })).status).toBe(403);
    expect((await ask('GET', `/scheduled_events/${id}`)).body.resource).toMatchObject({
      status: 'canceled',
      cancellation: { reason: 'By phone.' },
    });
    const hook = { url: 'https://voice.example.com/hook', events: ['invitee.created'] };
    const subscription = { ...hook, user, organization, scope: 'user', signing_key: 'a key' };
    expect((await ask('POST', '/webhook_subscriptions', { body: subscription })).status).toBe(201);
    expect((await ask('POST', '/webhook_subscriptions', { body: subscription })).status).toBe(409);
    const scope = `organization=${encodeURIComponent(organization)}&scope=user`;
    await ask('GET', `/webhook_subscriptions?${scope}`);
    expect((await ask('GET', '/users/me', { token: 'wrong' })).status).toBe(401);
    expect(simulator.validated).toBeGreaterThanOrEqual(12);
  });

  it('refuses the past, more than 31 days, and what is no start of its grid', async () => {
    const { eventType } = await uris();
    const times = (from: string, to: string) =>
      ask(
        'GET',
        `/event_type_available_times?event_type=${encodeURIComponent(eventType)}&start_time=${from}&end_time=${to}`,
      );
    expect((await times('2026-11-22T00:00:00Z', START)).body.details?.[0]?.parameter).toBe(
      'start_time',
    );
    expect((await times(START, '2026-12-26T00:00:00Z')).body.details?.[0]?.parameter).toBe(
      'end_time',
    );
    const odd = booking(eventType, { start_time: '2026-11-24T15:07:00Z' });
    const refused = await ask('POST', '/invitees', { body: odd });
    expect(refused.body.details).toEqual([
      expect.objectContaining({ parameter: 'start_time', message: 'is not available' }),
    ]);
  });

  it('wants every field of tracking, an address, and the event type’s own place', async () => {
    const { user, eventType } = await uris();
    const parameters = async (body: object) =>
      (await ask('POST', '/invitees', { body })).body.details?.map(({ parameter }) => parameter);
    const tracking = { utm_source: 'slotline' };
    expect(await parameters(booking(eventType, { tracking }))).toContain('tracking.utm_content');
    const invitee = { name: 'Ann', email: 'nobody', timezone: 'UTC' };
    simulator.clock.set(Date.parse(NOW) + 61_000);
    expect(await parameters(booking(eventType, { invitee }))).toEqual(['invitee.email']);
    const listed = await ask('GET', `/event_types?user=${encodeURIComponent(user)}&count=100`);
    const placed = listed.body.collection?.find(({ slug }) => slug === 'at-ours');
    expect(await parameters(booking(String(placed?.['uri'])))).toEqual(['location.kind']);
  });
});

describe('its webhooks', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    const { user, organization } = await uris();
    const events = ['invitee.created', 'invitee.canceled'];
    const body = { url: receiver.url, events, user, organization, scope: 'user', signing_key: 'k' };
    await ask('POST', '/webhook_subscriptions', { body });
  });
  afterEach(() => receiver.close());

  it('are signed with the time, and shaped as the samples; a person’s move comes as a pair', async () => {
    const id = simulator.hands.book('appointment', Date.parse(START), {
      name: 'Ann Example',
      email: 'ann@example.com',
    });
    simulator.hands.move(id, Date.parse(START) + 3_600_000);
    await simulator.webhooks.settled();
    const bodies = receiver.received.map(
      ({ body }) => JSON.parse(body) as { event: string; payload: Record<string, unknown> },
    );
    expect(bodies.map(({ event }) => event)).toEqual([
      'invitee.created',
      'invitee.canceled',
      'invitee.created',
    ]);
    const [created, cancelled, moved] = bodies;
    expect(cancelled?.payload).toMatchObject({ rescheduled: true, status: 'canceled' });
    expect(moved?.payload['old_invitee']).toBe(created?.payload['uri']);
    expect(created?.payload['uri']).toMatch(/\/invitees\//);
    for (const [name, body] of [
      ['webhook.invitee-created', created],
      ['webhook.invitee-canceled-by-move', cancelled],
    ] as const) {
      expect(shapeProblems(readSample(name).request?.body, body, name)).toEqual([]);
    }
    for (const { body, signature } of receiver.received) {
      const time = /^t=(\d+),v1=/.exec(signature)?.[1] ?? '';
      const hex = createHmac('sha256', 'k').update(`${time}.${body}`).digest('hex');
      expect(signature).toBe(`t=${time},v1=${hex}`);
      expect(Math.abs(Number(time) - Date.parse(NOW) / 1_000)).toBeLessThan(60);
    }
  });

  it('end for good when they are answered 410', async () => {
    receiver.answer(500);
    const person = { name: 'Ann Example', email: 'ann@example.com' };
    simulator.hands.book('appointment', Date.parse(START), person);
    await simulator.webhooks.settled();
    expect(simulator.state.subscriptions.size).toBe(1);
    receiver.answer(410);
    simulator.hands.book('appointment', Date.parse(START) + 3_600_000, person);
    await simulator.webhooks.settled();
    expect(simulator.state.subscriptions.size).toBe(0);
  });
});
