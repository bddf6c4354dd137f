import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, control, request, startCalcom, type ValidatedSimulator } from './start-calcom.ts';
import { startSubscriber, type Subscriber } from './subscriber.ts';

const ALL = [
  'BOOKING_CREATED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REQUESTED',
  'BOOKING_REJECTED',
  'MEETING_STARTED',
];

let simulator: ValidatedSimulator;
let subscriber: Subscriber;
beforeEach(async () => {
  subscriber = await startSubscriber();
  simulator = await startCalcom({
    accounts: [
      {
        username: 'front-desk',
        apiKey: API_KEY,
        eventTypes: [
          { slug: 'appointment', lengthInMinutes: 30 },
          { slug: 'approved', lengthInMinutes: 30, confirmationPolicy: { type: 'always' } },
          {
            slug: 'asks',
            lengthInMinutes: 30,
            bookingFields: [{ slug: 'reason', label: 'Reason', required: true }],
          },
        ],
      },
    ],
  });
});
afterEach(async () => {
  await simulator.close();
  await subscriber.close();
});

describe('a webhook', () => {
  it('is signed over the raw body', async () => {
    await subscribe();
    await book('15');
    await simulator.webhooks.settled();
    const [sent] = subscriber.received;
    const signature = createHmac('sha256', 'whsec').update(sent?.rawBody ?? '');
    expect(sent?.headers['x-cal-signature-256']).toBe(signature.digest('hex'));
    expect(sent?.body.triggerEvent).toBe('BOOKING_CREATED');
    expect(sent?.body.payload['metadata']).toStrictEqual({ idempotencyKey: '15' });
  });

  it('says so when it has no secret to sign with', async () => {
    await subscribe({ secret: undefined });
    await book('15');
    await simulator.webhooks.settled();
    expect(subscriber.received[0]?.headers['x-cal-signature-256']).toBe('no-secret-provided');
  });

  it('tells of a reschedule with the new uid and the old', async () => {
    await subscribe();
    const uid = await book('15');
    const body = { start: '2026-11-24T16:00:00Z' };
    const moved = await request(simulator, 'POST', `/v2/bookings/${uid}/reschedule`, { body });
    await simulator.webhooks.settled();
    expect(triggers()).toStrictEqual(['BOOKING_CREATED', 'BOOKING_RESCHEDULED']);
    expect(subscriber.received[1]?.body.payload).toMatchObject({
      uid: (moved.body.data as { uid: string }).uid,
      rescheduleUid: uid,
    });
  });

  it('tells the answers to the owner’s own questions apart, and among the others', async () => {
    await subscribe();
    const uid = await book('15', 3, { bookingFieldsResponses: { reason: 'toothache' } });
    const body = { cancellationReason: 'ill' };
    await request(simulator, 'POST', `/v2/bookings/${uid}/cancel`, { body });
    await simulator.webhooks.settled();
    const reason = { label: 'Reason', value: 'toothache', isHidden: false };
    for (const { body: sent } of subscriber.received) {
      expect(sent.payload['userFieldsResponses']).toStrictEqual({ reason });
      expect(sent.payload['responses']).toMatchObject({ reason });
    }
    expect(triggers()).toStrictEqual(['BOOKING_CREATED', 'BOOKING_CANCELLED']);
  });

  it('announces a confirmed booking as created', async () => {
    await subscribe();
    const confirmed = await book('15', 2);
    const declined = await book('16', 2);
    await request(simulator, 'POST', `/v2/bookings/${confirmed}/confirm`);
    await request(simulator, 'POST', `/v2/bookings/${declined}/decline`, { body: {} });
    await simulator.webhooks.settled();
    expect(triggers().toSorted((one, other) => one.localeCompare(other))).toStrictEqual([
      'BOOKING_CREATED',
      'BOOKING_REJECTED',
      'BOOKING_REQUESTED',
      'BOOKING_REQUESTED',
    ]);
  });

  it('tells that a meeting began in a body without a payload', async () => {
    await subscribe();
    const uid = await book('15');
    await control(simulator, 'POST', 'meetings', { uid, trigger: 'MEETING_STARTED' });
    await simulator.webhooks.settled();
    expect(subscriber.received.at(-1)?.body).toMatchObject({
      triggerEvent: 'MEETING_STARTED',
      uid,
    });
    expect(subscriber.received.at(-1)?.body.payload).toBeUndefined();
  });

  it('goes to those who asked for its trigger and are active', async () => {
    const id = await subscribe({ triggers: ['BOOKING_CANCELLED'] });
    await book('15');
    await request(simulator, 'PATCH', `/v2/webhooks/${id}`, {
      body: { active: false, triggers: ALL },
    });
    await book('16');
    expect(simulator.webhooks.deliveries).toHaveLength(0);
    expect((await request(simulator, 'DELETE', `/v2/webhooks/${id}`)).status).toBe(200);
    expect((await request(simulator, 'GET', `/v2/webhooks/${id}`)).status).toBe(404);
  });

  it('is not sent again when it is refused or nobody listens', async () => {
    await subscribe();
    subscriber.answerWith(500);
    await book('15');
    await simulator.webhooks.settled();
    await subscriber.close();
    await book('16');
    await simulator.webhooks.settled();
    expect(simulator.webhooks.deliveries.map(({ statuses }) => statuses)).toStrictEqual([
      [500],
      [null],
    ]);
  });

  it('subscribes an address once', async () => {
    await subscribe();
    const body = { active: true, subscriberUrl: subscriber.url, triggers: ALL };
    expect((await request(simulator, 'POST', '/v2/webhooks', { body })).status).toBe(409);
  });
});

describe('deliveries that are told how to arrive', () => {
  beforeEach(async () => {
    await subscribe();
    await control(simulator, 'POST', 'deliveries/hold');
    const uid = await book('15');
    const body = { cancellationReason: 'asked' };
    await request(simulator, 'POST', `/v2/bookings/${uid}/cancel`, { body });
  });

  it('come late', async () => {
    expect(subscriber.received).toHaveLength(0);
    const begun = performance.now();
    await control(simulator, 'POST', 'deliveries/release', { milliseconds: 50 });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
    expect(triggers()).toStrictEqual(['BOOKING_CREATED', 'BOOKING_CANCELLED']);
  });

  it('come twice, the same to the last byte', async () => {
    await control(simulator, 'POST', 'deliveries/release', { copies: 2 });
    const bodies = subscriber.received.map(({ rawBody }) => rawBody);
    expect(bodies).toHaveLength(4);
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[2]).toBe(bodies[3]);
  });

  it('come out of order', async () => {
    await control(simulator, 'POST', 'deliveries/release', { order: 'reversed' });
    expect(triggers()).toStrictEqual(['BOOKING_CANCELLED', 'BOOKING_CREATED']);
  });

  it('come alone, and again when all is over', async () => {
    const [created] = simulator.webhooks.held;
    await control(simulator, 'POST', 'deliveries/discard', { ids: [created?.id] });
    await control(simulator, 'POST', 'deliveries/resume');
    expect(triggers()).toStrictEqual(['BOOKING_CANCELLED']);
    await control(simulator, 'POST', `deliveries/${created?.id}/repeat`);
    expect(triggers()).toStrictEqual(['BOOKING_CANCELLED', 'BOOKING_CREATED']);
    await book('17');
    await simulator.webhooks.settled();
    expect(subscriber.received).toHaveLength(3);
  });
});

function triggers(): string[] {
  return subscriber.received.map(({ body }) => body.triggerEvent);
}

async function subscribe(changes: object = {}): Promise<string> {
  const usual = { active: true, subscriberUrl: subscriber.url, triggers: ALL, secret: 'whsec' };
  const { body, status } = await request(simulator, 'POST', '/v2/webhooks', {
    body: { ...usual, ...changes },
  });
  expect(status).toBe(201);
  return (body.data as { id: string }).id;
}

async function book(hour: string, eventTypeId = 1, further: object = {}): Promise<string> {
  const { body, status } = await request(simulator, 'POST', '/v2/bookings', {
    body: {
      eventTypeId,
      start: `2026-11-24T${hour}:00:00Z`,
      attendee: { name: 'Ada', email: 'ada@example.com', timeZone: 'America/New_York' },
      metadata: { idempotencyKey: hour },
      ...further,
    },
  });
  expect(status).toBe(201);
  return (body.data as { uid: string }).uid;
}
