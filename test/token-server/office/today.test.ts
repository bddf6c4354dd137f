import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCallMark, insertToolCall } from '../../../db/calls/call-log.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertToldCall } from '../../support/told-call.ts';
import { insertPerson, signIn, startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

// A Monday, 9:00 in New York.
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let office: RunningOffice;
let tenant: Tenant;
let viewer: Browser;
beforeAll(async () => {
  const { db } = database;
  office = await startOffice(db);
  tenant = await insertTenant(db);
  const email = `${randomUUID()}@example.com`;
  await insertPerson(db, email, { organizationId: tenant.organizationId, role: 'viewer' });
  viewer = await signIn(office, email);
});
afterAll(() => office[Symbol.asyncDispose]());

const get = async (path: string) =>
  (await viewer.send('GET', `/api/v1/organizations/${tenant.organizationId}${path}`)).body;

test('is empty of an organization to which nothing happened', async () => {
  expect(await get('/today')).toMatchObject({
    timeZone: 'America/New_York',
    from: '2026-11-23T05:00:00.000Z',
    calls: [],
    appointments: [],
    unconfirmed: { count: 0, items: [] },
    messages: { count: 0, items: [] },
    week: { calls: 0, booked: 0, medianLatency: null },
  });
});

test('has the calls that go on, with what the agent does, and no rehearsal', async () => {
  const { db } = database;
  const { organizationId, agentId } = tenant;
  const call = { organizationId, agentId, line: 'web' as const };
  const callId = await insertCall(db, { ...call, roomName: randomUUID() });
  await insertCall(db, { ...call, roomName: randomUUID(), rehearsal: {} });
  const silent = await insertCall(db, { ...call, roomName: randomUUID() });
  await sql`
    update calls set last_sign_at = slotline_now() - interval '1 minute'
    where id = ${silent}`.execute(db);
  const live = async () => ((await get('/live-calls')) as { items: unknown[] }).items;
  expect(await live()).toMatchObject([
    { id: callId, state: 'beginning', tool: null, age: expect.any(Number) as number },
  ]);
  const key = { organizationId, callId };
  for (const state of ['speaking', 'thinking']) {
    await insertCallMark(db, key, {
      kind: 'agent',
      details: { state },
      words: null,
      markedAt: CLOCK.now(),
    });
  }
  expect(await live()).toMatchObject([{ state: 'thinking' }]);
  await insertToolCall(db, key, {
    name: 'list_available_slots',
    arguments: {},
    calledAt: CLOCK.now(),
  });
  expect(await live()).toMatchObject([{ state: 'working', tool: 'list_available_slots' }]);
  expect(await get('/today')).toMatchObject({ calls: [{ id: callId }] });
});

test('has what is to come today, what waits for a person, and the week beside the one before', async () => {
  const { db } = database;
  const { organizationId, agentId, calendarConnectionId } = tenant;
  // Its appointment is today; that of the call before was a week ago.
  const yesterday = await insertToldCall(db, tenant, { startedAt: CLOCK.ago(DAY) });
  await insertToldCall(db, tenant, { startedAt: CLOCK.ago(8 * DAY) });
  const open = await insertToldCall(db, tenant, { startedAt: CLOCK.ago(2 * HOUR) });
  await db
    .updateTable('bookingIntents')
    .set({ state: 'attention' })
    .where('id', '=', open.intentId)
    .execute();
  for (const urgent of [false, true]) {
    await insertMessageTaken(db, {
      organizationId,
      agentId,
      callId: open.callId,
      callerName: 'Mary Smith',
      callbackNumber: '+12025550123',
      email: null,
      text: urgent ? 'It hurts.' : 'Please call back.',
      urgent,
    });
  }
  const key = { organizationId, calendarConnectionId };
  const sync = { ...key, endedAt: CLOCK.now() };
  await db
    .insertInto('calendarSyncs')
    .values([
      { ...sync, startedAt: CLOCK.ago(2 * HOUR), error: null },
      { ...sync, startedAt: CLOCK.ago(HOUR), error: 'CalendarSetupError: The key is refused.' },
    ])
    .execute();
  await db
    .insertInto('webhookDeliveries')
    .values({
      ...key,
      trigger: 'BOOKING_CREATED',
      deliveryKey: randomUUID(),
      payload: '{}',
      uid: null,
      previousUid: null,
      changedAt: null,
      state: 'failed',
      reason: 'It names no booking.',
      settledAt: null,
    })
    .execute();
  await db
    .insertInto('webhookEndpoints')
    .values({
      organizationId,
      url: 'https://hooks.example.com/calls',
      description: 'Our own',
      events: ['call.ended'],
      secret: Buffer.alloc(1),
      failingSince: CLOCK.ago(HOUR),
    })
    .execute();
  expect(await get('/today')).toMatchObject({
    endpoints: {
      count: 1,
      items: [{ origin: 'https://hooks.example.com', isSwitchedOff: false }],
    },
    appointments: [{ id: yesterday.appointmentId, status: 'confirmed', callId: yesterday.callId }],
    unconfirmed: {
      count: 1,
      items: [{ id: open.intentId, needsPerson: true, attendeeName: 'Mary Smith' }],
    },
    messages: { count: 2, items: [{ urgent: true, text: 'It hurts.' }, { urgent: false }] },
    failedNews: { count: 1, items: [{ reason: 'It names no booking.' }] },
    calendars: { count: 1, items: [{ problem: 'The key is refused.' }] },
    week: { booked: 2, stopped: 2, corrected: 2, medianLatency: 900 },
    weekBefore: { calls: 1, booked: 1, stopped: 1, corrected: 1 },
  });
  // The sync that came after saw all.
  await db
    .insertInto('calendarSyncs')
    .values({ ...sync, startedAt: CLOCK.now(), error: null })
    .execute();
  expect(await get('/today')).toMatchObject({ calendars: { count: 0, items: [] } });
});
