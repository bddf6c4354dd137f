import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertEndpoint } from '../../../db/webhooks/endpoints.ts';
import { checkAlerts } from '../../../jobs/tasks/check-alerts.ts';
import { rollUp } from '../../../jobs/tasks/roll-up.ts';
import { composeEvent } from '../../../jobs/webhooks/compose-event.ts';
import { sendMail } from '../../../jobs/tasks/send-mail.ts';
import { readProviders } from '../../../calendar/providers.ts';
import type { OutgoingMail } from '../../../jobs/mail/mailer.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const check = () => checkAlerts({ db: database.db, logger })({}, undefined as never);

/** A call of an hour ago whose caller waited so long, eight times. */
async function call(wait: number): Promise<void> {
  const { db } = database;
  const { id: agentId } = await db
    .selectFrom('agents')
    .select('id')
    .where('slug', '=', tenant.slug)
    .executeTakeFirstOrThrow();
  const { organizationId } = tenant;
  const callId = await insertCall(db, {
    organizationId,
    agentId,
    roomName: randomUUID(),
    line: 'web',
  });
  await sql`update calls set latencies = array_fill(${wait}::integer, array[8]) where id = ${callId}`.execute(
    db,
  );
}

const forgetCalls = () =>
  sql`update calls set latencies = '{}' where organization_id = ${tenant.organizationId}`.execute(
    database.db,
  );

/** Mails that are sent now, by whom they are to. */
async function mails(): Promise<{ to: string; subject: string; text: string }[]> {
  const sent: { to: string; subject: string; text: string }[] = [];
  const mailer = {
    sender: 'desk@example.com',
    send: async ({ to, subject, text }: OutgoingMail) => {
      sent.push({ to: to.address, subject, text });
    },
    close: () => {},
  };
  await sendMail({
    db: database.db,
    logger,
    providers: readProviders({}),
    mailer,
    now: () => new Date(),
  })({}, undefined as never);
  return sent.filter(({ to }) => /^(?:owner|admin|staff|viewer)-/.test(to));
}

test('writes to owners and admins once when a figure passes, and once when it is over', async () => {
  const { admin, viewer } = tenant.browsers;
  const made = await admin.send('POST', `${root}/alerts`, {
    name: 'Callers wait too long',
    measure: 'answer-p95',
    windowHours: 2,
    direction: 'above',
    threshold: 2_000,
    clearsAt: 1_500,
    leastCases: 8,
  });
  expect(made.status).toBe(201);
  const { id } = made.body as { id: string };
  const stateOf = async () =>
    ((await viewer.send('GET', `${root}/alerts`)).body as { items: Record<string, unknown>[] })
      .items[0];
  await check();
  expect(await stateOf()).toMatchObject({ state: 'quiet', value: null });
  await call(3_000);
  await Promise.all([check(), check()]);
  expect(await stateOf()).toMatchObject({ state: 'raised' });
  const raised = await mails();
  expect(new Set(raised.map(({ to }) => to.split('-')[0]))).toEqual(new Set(['admin', 'owner']));
  expect(raised).toHaveLength(2);
  expect(raised[0]?.subject).toBe('Alert: Callers wait too long (Harbor Street Clinic)');
  expect(raised[0]?.text).toMatch(/of 95 in 100: 3(?:\.\d)? s over the last 2 hours/);
  await forgetCalls();
  // It swings around the threshold.
  await call(1_800);
  await check();
  expect(await stateOf()).toMatchObject({ state: 'raised' });
  await forgetCalls();
  await call(900);
  await check();
  expect(await stateOf()).toMatchObject({ state: 'quiet' });
  expect((await mails()).map(({ subject }) => subject.split(':')[0])).toEqual(['Over', 'Over']);
  const changes = await viewer.send('GET', `${root}/alerts/${id}/changes`);
  expect(changes.body).toMatchObject({ items: [{ state: 'quiet' }, { state: 'raised' }] });
});

test('tells systems that listen when a figure passes, and when it is over, in whole words', async () => {
  const { admin } = tenant.browsers;
  await forgetCalls();
  await insertEndpoint(database.db, {
    id: randomUUID(),
    organizationId: tenant.organizationId,
    url: 'https://example.com/hooks',
    description: '',
    events: ['alert.raised', 'alert.resolved'],
    enabled: true,
    secret: Buffer.alloc(1),
  });
  const watched = {
    name: 'Answers are late',
    measure: 'answer-p95',
    agent: tenant.slug,
    windowHours: 2,
    direction: 'above',
    threshold: 2_000,
    clearsAt: 1_500,
  };
  const made = await admin.send('POST', `${root}/alerts`, watched);
  const { id } = made.body as { id: string };
  await call(3_000);
  await Promise.all([check(), check()]);
  await forgetCalls();
  await call(900);
  await check();
  const events = await database.db
    .selectFrom('webhookEvents')
    .select(['id', 'place', 'organizationId', 'kind', 'subjectId', 'facts', 'endpointId', 'at'])
    .where('subjectId', '=', id)
    .orderBy('place')
    .execute();
  // What it tells of may be gone when it is put into words.
  expect((await admin.send('DELETE', `${root}/alerts/${id}`)).status).toBe(200);
  const bodies = await Promise.all(events.map((event) => composeEvent(database.db, event)));
  const { name, measure, agent, windowHours } = watched;
  const alert = { id, name, measure, agent, windowHours, unit: 'milliseconds' };
  expect(bodies.map((body) => JSON.parse(body ?? 'null') as unknown)).toMatchObject([
    { type: 'alert.raised', data: { alert: { ...alert, threshold: 2_000 } } },
    { type: 'alert.resolved', data: { alert: { ...alert, threshold: 1_500 } } },
  ]);
});

test('begins anew when it is edited, and watches no more when it is deleted', async () => {
  const { admin } = tenant.browsers;
  const made = await admin.send('POST', `${root}/alerts`, {
    name: 'Calls',
    measure: 'calls',
    direction: 'above',
    threshold: 0,
  });
  const { id } = made.body as { id: string };
  await check();
  const read = await admin.send('GET', `${root}/alerts/${id}`);
  const edited = await admin.send(
    'PATCH',
    `${root}/alerts/${id}`,
    { threshold: 500, clearsAt: 400 },
    { 'If-Match': read.headers.get('etag') ?? '' },
  );
  expect(edited.body).toMatchObject({ threshold: 500, clearsAt: 400, measure: 'calls' });
  const { rows } = await sql<{ state: string }>`select state from alerts where id = ${id}`.execute(
    database.db,
  );
  expect(rows).toEqual([{ state: 'quiet' }]);
  expect((await admin.send('DELETE', `${root}/alerts/${id}`)).status).toBe(200);
  expect((await admin.send('GET', `${root}/alerts/${id}`)).status).toBe(404);
});

test.each([
  [{ clearsAt: 3_000 }, 'clearsAt'],
  [{ direction: 'below', clearsAt: 100 }, 'clearsAt'],
  [{ measure: 'happiness' }, 'measure'],
  [{ agent: 'nobody-here' }, 'agent'],
  [{ measure: 'calendar-mismatch', agent: 'front-desk' }, 'agent'],
  [{ windowHours: 0 }, 'windowHours'],
  [{ name: ' ' }, 'name'],
])('refuses %j, naming the field', async (given, field) => {
  const answer = await tenant.browsers.owner.send('POST', `${root}/alerts`, {
    name: 'Callers wait too long',
    measure: 'answer-p95',
    direction: 'above',
    threshold: 2_000,
    ...given,
  });
  expect(answer.body).toMatchObject({ code: 'invalid_request', status: 400, field });
});

test('tells of a spending limit at its warning, at all of it, and no more in that month', async () => {
  const { db } = database;
  await mails();
  await tenant.browsers.owner.send(
    'PATCH',
    `${root}/spending-limit`,
    { dollars: 10, warnAt: 80 },
    { 'If-Match': '*' },
  );
  const { rows } = await sql<{ id: string }>`
    select id from calls where organization_id = ${tenant.organizationId} limit 1`.execute(db);
  const spend = async (cost: number): Promise<string[]> => {
    const callId = rows[0]?.id ?? '';
    const of = { organizationId: tenant.organizationId, callId, kind: 'response' } as const;
    await db
      .insertInto('callCharges')
      .values({ ...of, model: 'm', amounts: '{}', cost })
      .execute();
    await rollUp({ db, logger })({}, undefined as never);
    await check();
    await check();
    return (await mails()).map(({ subject }) => subject);
  };
  expect(await spend(7)).toEqual([]);
  const warned = await spend(1.5);
  expect(warned).toHaveLength(2);
  expect(warned[0]).toContain('80 % of the spending limit');
  const reached = await spend(2);
  expect(reached).toHaveLength(2);
  expect(reached[0]).toContain('Spending limit reached');
  expect(await spend(50)).toEqual([]);
});
