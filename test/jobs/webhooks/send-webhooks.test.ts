import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { insertCallMark } from '../../../db/calls/call-log.ts';
import { takeDueDelivery } from '../../../db/webhooks/deliveries.ts';
import { tellEvents } from '../../../jobs/webhooks/tell-events.ts';
import { webhookTransport } from '../../../jobs/webhooks/webhook-transport.ts';
import { forget } from '../../../manage/forget.ts';
import { resendDelivery, testEndpoint } from '../../../manage/webhooks/deliveries.ts';
import { editEndpoint, rotateEndpointSecret } from '../../../manage/webhooks/endpoints.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertTenant } from '../../support/tenants.ts';
import { signersOf, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import { insertPerson } from '../../token-server/office/start-office.ts';
import {
  attemptsOf,
  beginCall,
  deliveriesOf,
  listen,
  LOOPBACK,
  MASTER_KEY,
  startSending,
} from './webhook-world.ts';

const database = useTestDatabase();
// What a test left waiting is no other one's.
beforeEach(() => database.db.deleteFrom('webhookEndpoints').execute());

interface Body {
  type: string;
  organizationId: string;
  data: { call: Record<string, unknown> };
}

const bodyOf = (text: string) => JSON.parse(text) as Body;

test('what happened is told once, signed, and what was rolled back is not', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver();
  const { secret } = await listen(db, tenant, `${receiver.url}/hooks`);
  const lost = db.transaction().execute(async (transaction) => {
    await beginCall(transaction, tenant);
    throw new Error('rolled back');
  });
  await expect(lost).rejects.toThrow('rolled back');
  const { callId, finish } = await beginCall(db, tenant, '+12025550177');
  const key = { organizationId: tenant.organizationId, callId };
  await insertCallMark(db, key, {
    kind: 'truth.stopped',
    details: {},
    words: null,
    markedAt: new Date(),
  });
  await finish();
  await finish();
  const { run, log } = startSending(db);
  await run();
  await run();
  expect(receiver.received.map(({ body }) => bodyOf(body).type)).toEqual([
    'call.started',
    'call.ended',
  ]);
  const [, ended] = receiver.received;
  if (!ended) throw new Error('not told');
  expect(ended.path).toBe('/hooks');
  expect(ended.headers['content-type']).toBe('application/json');
  expect(signersOf(ended, [secret])).toEqual([secret]);
  expect(bodyOf(ended.body)).toMatchObject({
    organizationId: tenant.organizationId,
    data: {
      call: {
        id: callId,
        line: 'phone',
        callerNumber: '+12025550177',
        outcome: 'no_booking',
        endedBy: 'caller',
        truth: { 'truth.stopped': 1 },
        figures: { turns: 0, toolCalls: 0, cost: null },
      },
    },
  });
  expect(await deliveriesOf(db, tenant)).toMatchObject([
    { state: 'delivered', attempts: 1 },
    { state: 'delivered', attempts: 1 },
  ]);
  expect(log()).not.toContain('+12025550177');
});

test('nothing is kept where nobody wants to hear of it', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver();
  const { endpoint } = await listen(db, tenant, receiver.url, ['message.taken']);
  await (await beginCall(db, tenant)).finish();
  await editEndpoint(db, LOOPBACK, endpoint, { enabled: false, events: ['call.ended'] });
  await (await beginCall(db, tenant)).finish();
  const { count } = await db
    .selectFrom('webhookEvents')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', tenant.organizationId)
    .executeTakeFirstOrThrow();
  expect(count).toBe('0');
});

test('a failure is logged with the beginning of the answer, and tried again', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  let fails = true;
  await using receiver = await startWebhookReceiver((_, response) => {
    response.writeHead(fails ? 503 : 200).end(`${'x'.repeat(5_000)}\0`);
    fails = false;
  });
  await listen(db, tenant, receiver.url, ['call.started']);
  await beginCall(db, tenant);
  const { run, asked } = startSending(db);
  await run();
  expect(asked).toHaveLength(1);
  expect(await deliveriesOf(db, tenant)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  const [first, second] = await attemptsOf(db, tenant);
  expect(first).toMatchObject({ status: 503, error: 'It answered 503 instead of 200 to 299.' });
  expect(first?.answer).toHaveLength(1_024);
  expect(second).toMatchObject({ status: 200, error: null });
  const [one, two] = receiver.received;
  expect(one?.headers['webhook-id']).toBe(two?.headers['webhook-id']);
  expect(one?.body).toBe(two?.body);
});

test('a delivery has failed behind the last attempt, and is sent again by hand', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  let status = 302;
  await using receiver = await startWebhookReceiver((_, response) => {
    response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  const { endpoint } = await listen(db, tenant, receiver.url, ['call.started']);
  await beginCall(db, tenant);
  const { run } = startSending(db);
  await run();
  const [delivery] = await deliveriesOf(db, tenant);
  expect(delivery).toMatchObject({ state: 'failed', attempts: 3 });
  expect(await attemptsOf(db, tenant)).toMatchObject(
    Array.from({ length: 3 }, () => ({
      status: 302,
      error: expect.stringContaining('redirection'),
    })),
  );
  status = 204;
  const { organizationId } = tenant;
  const key = { organizationId, endpointId: endpoint.id, id: delivery?.id ?? '' };
  await resendDelivery(db, key);
  await run();
  expect(await deliveriesOf(db, tenant)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
});

test('endpoints that never answer hold up no other, and are asked one at a time', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  let open = 0;
  let mostOpen = 0;
  await using dead = await startWebhookReceiver(() => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    setTimeout(() => (open -= 1), 900);
  });
  await using well = await startWebhookReceiver();
  for (let count = 0; count < 10; count += 1) await listen(db, tenant, `${dead.url}/${count}`);
  await listen(db, tenant, well.url);
  const { run, stop } = startSending(db, { deadline: 1_000, schedule: [60_000] });
  await (await beginCall(db, tenant)).finish();
  const first = run();
  await expect.poll(() => well.received.length).toBe(2);
  await first;
  // All of them failed: from now on they have places of their own.
  await sql`
    update endpoint_deliveries set due_at = slotline_now()
    where organization_id = ${tenant.organizationId} and state = 'pending'`.execute(db);
  mostOpen = 0;
  const second = run();
  await expect.poll(() => dead.received.length).toBeGreaterThan(20);
  const begun = performance.now();
  await (await beginCall(db, tenant)).finish();
  await run();
  await expect.poll(() => well.received.length, { interval: 5 }).toBe(4);
  // While all of those that never answer are being waited for.
  expect(performance.now() - begun).toBeLessThan(900);
  stop.abort();
  await second;
  expect(mostOpen).toBeLessThanOrEqual(8);
});

test('an answer that never ends, and one that never comes, are left', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using endless = await startWebhookReceiver((_, response) => {
    response.writeHead(200);
    const write = (): boolean => response.write('y'.repeat(16_384));
    response.on('drain', write);
    write();
  });
  await using silent = await startWebhookReceiver(() => undefined);
  await listen(db, tenant, endless.url, ['call.started']);
  await listen(db, tenant, silent.url, ['call.started']);
  await beginCall(db, tenant);
  const { run } = startSending(db, { deadline: 400, schedule: [] });
  await run();
  const attempts = await attemptsOf(db, tenant);
  expect(attempts.map(({ status, error }) => [status, error])).toEqual(
    expect.arrayContaining([
      [200, null],
      [null, 'It did not answer within 0.4 seconds.'],
    ]),
  );
});

test('an endpoint that fails for days, or is gone, is switched off and its owners are told', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const { organizationId } = tenant;
  const email = 'owner@switched-off.example';
  await insertPerson(db, email, { organizationId, role: 'owner' });
  await insertPerson(db, 'staff@switched-off.example', { organizationId, role: 'staff' });
  await using worn = await startWebhookReceiver(
    (_, response) => void response.writeHead(500).end(),
  );
  await using gone = await startWebhookReceiver(
    (_, response) => void response.writeHead(410).end(),
  );
  const { endpoint } = await listen(db, tenant, worn.url, ['call.started']);
  await listen(db, tenant, gone.url, ['call.ended']);
  const states = async () =>
    db
      .selectFrom('webhookEndpoints')
      .select(['enabled', 'switchedOffAt', 'failingSince'])
      .where('organizationId', '=', organizationId)
      .orderBy('createdAt')
      .execute();
  const call = await beginCall(db, tenant);
  const { run } = startSending(db, { schedule: [] });
  await run();
  expect(await states()).toMatchObject([{ enabled: true, switchedOffAt: null }, { enabled: true }]);
  await sql`
    update webhook_endpoints set failing_since = slotline_now() - interval '73 hours'
    where id = ${endpoint.id}`.execute(db);
  await call.finish();
  await beginCall(db, tenant);
  await run();
  expect(await states()).toMatchObject([
    { enabled: false, switchedOffAt: expect.any(Date) },
    { enabled: false, switchedOffAt: expect.any(Date) },
  ]);
  const mails = await db
    .selectFrom('outboxMessages')
    .select(['kind', 'recipient', 'payload'])
    .where('organizationId', '=', organizationId)
    .execute();
  expect(mails).toHaveLength(2);
  expect(mails.every(({ kind, recipient }) => kind === 'webhook_off' && recipient === email)).toBe(
    true,
  );
  await beginCall(db, tenant);
  await run();
  expect(worn.received).toHaveLength(2);
  // Switched on again it begins anew.
  await editEndpoint(db, LOOPBACK, endpoint, { enabled: true });
  expect((await states())[0]).toMatchObject({ enabled: true, failingSince: null });
});

test('a private address is not connected to, whatever its name says', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver();
  await listen(db, tenant, receiver.url, ['call.started']);
  await listen(db, tenant, `http://localhost:${receiver.port}`, ['call.started']);
  await beginCall(db, tenant);
  const { run } = startSending(db, { fetch: webhookTransport(addressRule()), schedule: [] });
  await run();
  expect(await attemptsOf(db, tenant)).toMatchObject(
    Array.from({ length: 2 }, () => ({
      status: null,
      error: expect.stringContaining('WEBHOOK_PRIVATE_NETWORKS'),
    })),
  );
  expect(receiver.received).toEqual([]);
});

test('both secrets sign while one is rotated', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver();
  const { endpoint, secret } = await listen(db, tenant, receiver.url, ['call.started']);
  const rotated = await rotateEndpointSecret(db, MASTER_KEY, endpoint);
  const { run } = startSending(db);
  await beginCall(db, tenant);
  await run();
  await sql`
    update webhook_endpoints set previous_until = slotline_now() where id = ${endpoint.id}`.execute(
    db,
  );
  await beginCall(db, tenant);
  await run();
  const secrets = [secret, rotated.secret];
  expect(receiver.received.map((each) => signersOf(each, secrets))).toEqual([
    secrets,
    [rotated.secret],
  ]);
});

test('a delivery that a killed process had in hand is taken up by another', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver();
  await listen(db, tenant, receiver.url, ['call.started']);
  await beginCall(db, tenant);
  await tellEvents({ db, logger: pino({ level: 'silent' }) });
  const none = { failing: false, except: [], exceptOf: [] };
  expect(await takeDueDelivery(db, { ...none, lease: 300 })).toBeDefined();
  const { run } = startSending(db);
  await run();
  expect(receiver.received).toEqual([]);
  await expect
    .poll(async () => {
      await run();
      return receiver.received.length;
    })
    .toBe(1);
});

test('what names a forgotten person is cleared, and what waits is not sent', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const { organizationId } = tenant;
  await using receiver = await startWebhookReceiver(
    (_, response) => void response.writeHead(500).end('seen +12025550188'),
  );
  await listen(db, tenant, receiver.url, ['call.ended']);
  await (await beginCall(db, tenant, '+12025550188')).finish();
  await (await beginCall(db, tenant, '+12025550199')).finish();
  const { run } = startSending(db, { schedule: [60_000] });
  await run();
  const { events } = await forget(db, organizationId, { person: '+12025550188' });
  expect(events).toBe(1);
  expect((await deliveriesOf(db, tenant)).map(({ state }) => state)).toEqual(['failed', 'pending']);
  const answers = (await attemptsOf(db, tenant)).map(({ answer }) => answer);
  expect(answers).toHaveLength(2);
  expect(answers).toEqual(expect.arrayContaining([null, 'seen +12025550188']));
  const bodies = await db
    .selectFrom('webhookEvents')
    .select('body')
    .where('organizationId', '=', organizationId)
    .orderBy('place')
    .execute();
  expect(bodies.map(({ body }) => body === null)).toEqual([true, false]);
});

test('a test goes to its endpoint alone, once, also while that is switched off', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  await using receiver = await startWebhookReceiver((_, response) => {
    response.writeHead(500).end();
  });
  const { endpoint } = await listen(db, tenant, `${receiver.url}/tested`);
  await listen(db, tenant, `${receiver.url}/other`);
  await editEndpoint(db, LOOPBACK, endpoint, { enabled: false });
  await testEndpoint(db, endpoint);
  const { run } = startSending(db);
  await run();
  expect(receiver.received.map(({ path }) => path)).toEqual(['/tested']);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
    type: 'webhook.test',
    data: { endpointId: endpoint.id },
  });
  expect(await deliveriesOf(db, tenant)).toMatchObject([{ state: 'failed', attempts: 1 }]);
});
