import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBlocked } from '../../../db/phone/blocked-callers.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { CALLER, insertToldCall } from '../../support/told-call.ts';
import { insertPerson, signIn, startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
const BEGAN = new Date('2026-11-23T14:00:00Z');
let office: RunningOffice;
let tenant: Tenant;
let owner: Browser;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await insertTenant(database.db);
  const email = `${randomUUID()}@example.com`;
  await insertPerson(database.db, email, {
    organizationId: tenant.organizationId,
    role: 'owner',
  });
  owner = await signIn(office, email);
});
afterAll(() => office[Symbol.asyncDispose]());

const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
  owner.send(method, `/api/v1/organizations/${tenant.organizationId}${path}`, body);
const auditOf = async (subject: string): Promise<string> => {
  const { body } = await ask('GET', `/audit-log?subject=${subject}`);
  return JSON.stringify(body);
};

test('blocks the number of a call, and tells of it without the number', async () => {
  const { callId } = await insertToldCall(database.db, tenant, {
    startedAt: BEGAN,
    phone: '+12025550177',
  });
  const blocked = await ask('POST', `/calls/${callId}/block-caller`, { reason: 'Sells insurance' });
  expect(blocked.body).toEqual({ isBlocked: true });
  expect(await isBlocked(database.db, tenant.organizationId, '+12025550177')).toBe(true);
  expect((await ask('GET', `/calls/${callId}`)).body).toMatchObject({ isCallerBlocked: true });
  const log = await auditOf('call');
  expect(log).toContain('caller.blocked');
  expect(log).not.toContain('2025550177');
});

test('has nothing to block in a call without a number', async () => {
  const { callId } = await insertToldCall(database.db, tenant, { startedAt: BEGAN });
  await database.db
    .updateTable('calls')
    .set({ callerNumber: null })
    .where('id', '=', callId)
    .execute();
  const answer = await ask('POST', `/calls/${callId}/block-caller`, {});
  expect(answer.body).toMatchObject({ status: 404, field: 'callId' });
});

test('tells what would be forgotten of whom, forgets it in every call, and names nobody after', async () => {
  const phone = '+12025550188';
  const [one, other] = await Promise.all(
    [0, 86_400_000].map((later) =>
      insertToldCall(database.db, tenant, {
        startedAt: new Date(BEGAN.getTime() + later),
        phone,
      }),
    ),
  );
  // What is to come stays.
  await database.db
    .updateTable('appointments')
    .set({ endAt: new Date(0), startAt: new Date(-1) })
    .where('attendeePhone', '=', phone)
    .execute();
  const people = await ask('GET', `/calls/${one?.callId}/people`);
  expect(people.body).toMatchObject({
    items: [
      {
        person: phone,
        forgotten: { calls: 2, turns: 18, appointments: 2 },
        besides: [CALLER.email],
      },
      { person: CALLER.email },
    ],
  });
  const before = await ask('GET', `/calls/${one?.callId}`);
  expect((before.body as { turns: unknown[] }).turns).toHaveLength(9);
  const stranger = await ask('POST', `/calls/${one?.callId}/forget-caller`, {
    person: '+12025550111',
  });
  expect(stranger.body).toMatchObject({ status: 400, field: 'person' });
  const done = await ask('POST', `/calls/${one?.callId}/forget-caller`, { person: phone });
  expect(done.body).toMatchObject({ calls: 2, turns: 18, toolCalls: 4, appointments: 2 });
  for (const { callId } of [one, other].flatMap((call) => call ?? [])) {
    const { body } = await ask('GET', `/calls/${callId}`);
    expect(body).toMatchObject({ callerNumber: null, attendeeName: null, turns: [], tools: [] });
    expect(JSON.stringify(body)).not.toMatch(/Mary|2025550188/);
  }
  const log = await auditOf('call');
  expect(log).toContain('caller.forgotten');
  expect(log).not.toMatch(/2025550188|mary@/);
});

test('exports the list as CSV that no spreadsheet runs, and whole calls a line each', async () => {
  const { callId } = await insertToldCall(database.db, tenant, { startedAt: BEGAN });
  await database.db
    .updateTable('calls')
    .set({ endReason: '=cmd|calc' })
    .where('id', '=', callId)
    .execute();
  const csv = await ask('GET', '/calls-export?outcome=booked');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="calls.csv"');
  const lines = String(csv.body).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^id,startedAt,endedAt,agent,line,caller,outcome/);
  const own = lines.find((line) => line.startsWith(callId));
  expect(own).toContain("'=cmd|calc");
  const all = await ask('GET', '/calls-export?format=jsonl&number=0123');
  const documents = String(all.body)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; turns: unknown[] });
  expect(documents.find(({ id }) => id === callId)?.turns).toHaveLength(9);
  const wrong = await ask('GET', '/calls-export?agent=nobody');
  expect(wrong.body).toMatchObject({ field: 'agent' });
});
