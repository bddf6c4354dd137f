import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall } from '../../../db/calls/calls.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

async function leave(text: string, urgent = false): Promise<string> {
  const { organizationId, agentId } = tenant;
  const callId = await insertCall(database.db, {
    organizationId,
    agentId,
    roomName: 'test',
    line: 'web',
  });
  return insertMessageTaken(database.db, {
    organizationId,
    agentId,
    callId,
    callerName: `Caller of ${text}`,
    callbackNumber: '+12025550123',
    email: null,
    text,
    urgent,
  });
}

interface Message {
  id: string;
  assignee: { id: string } | null;
  done: boolean;
}

async function list(query: string): Promise<{ items: Message[]; next: string | null }> {
  const answer = await tenant.browsers.viewer.send('GET', `${root}/messages?${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: Message[]; next: string | null };
}

const edit = (id: string, body: object, match = '*') =>
  tenant.browsers.staff.send('PATCH', `${root}/messages/${id}`, body, { 'If-Match': match });

test('what is to be done is listed urgent first, then the oldest, part by part', async () => {
  const [first, second] = [await leave('First'), await leave('Second')];
  const urgent = await leave('It burns', true);
  const whole = await list('done=false');
  expect(whole.items.map(({ id }) => id)).toEqual([urgent, first, second]);
  const parts = [];
  for (let next: string | null = ''; next !== null;) {
    const part: Awaited<ReturnType<typeof list>> = await list(
      `done=false&limit=1${next === '' ? '' : `&after=${next}`}`,
    );
    parts.push(...part.items.map(({ id }) => id));
    ({ next } = part);
  }
  expect(parts).toEqual([urgent, first, second]);
  expect((await list('person=caller%20of%20sec')).items).toMatchObject([{ id: second }]);
  expect((await list('person=202-555-0123')).items).toHaveLength(3);
  expect((await list('urgent=true')).items).toMatchObject([{ id: urgent }]);
});

test('a message is given to a member, noted on and marked as done, by whoever did', async () => {
  const id = await leave('Call me');
  const members = await tenant.browsers.owner.send('GET', `${root}/members`);
  const [member] = (members.body as { items: { userId: string }[] }).items;
  const assigneeId = member?.userId ?? '';
  const given = await edit(id, { assigneeId, note: 'On Monday' });
  expect(given.body).toMatchObject({
    assignee: { id: assigneeId },
    note: 'On Monday',
    done: false,
    doneBy: null,
  });
  expect((await list(`assignee=${assigneeId}`)).items).toMatchObject([{ id }]);
  expect((await list('assignee=none')).items.map((each) => each.id)).not.toContain(id);
  const done = await edit(id, { done: true }, given.headers.get('etag') ?? '');
  expect(done.body).toMatchObject({ done: true, doneBy: 'Mary Smith' });
  const stale = await edit(id, { done: false }, given.headers.get('etag') ?? '');
  expect(stale.body).toMatchObject({ code: 'changed_since' });
  expect((await list('done=true')).items).toMatchObject([{ id }]);
  expect((await edit(id, { done: false })).body).toMatchObject({ doneAt: null, doneBy: null });
  const log = await tenant.browsers.owner.send('GET', `${root}/audit-log?subject=message`);
  expect(JSON.stringify(log.body)).not.toContain('Monday');
  expect((log.body as { items: object[] }).items[0]).toMatchObject({
    action: 'message.edited',
    before: { done: true },
    after: { done: false },
  });
});

test('nobody sees to a message who is no member, or is none any more', async () => {
  const id = await leave('For whom?');
  const stranger = await edit(id, { assigneeId: tenant.organizationId });
  expect(stranger.body).toMatchObject({ code: 'invalid_request', field: 'assigneeId' });
  const { userId } = await tenant.freshParams();
  expect((await edit(id, { assigneeId: userId })).status).toBe(200);
  await tenant.browsers.owner.send('DELETE', `${root}/members/${userId}`);
  const read = await tenant.browsers.viewer.send('GET', `${root}/messages/${id}`);
  expect(read.body).toMatchObject({ assignee: null });
});

test('a blocked number is kept once, is told to nobody, and can call again', async () => {
  const { admin, staff, viewer } = tenant.browsers;
  const block = (number: string, reason: string) =>
    admin.send('POST', `${root}/blocked-callers`, { number, reason });
  const before = await viewer.send('GET', `${root}/blocked-callers`);
  const count = (before.body as { items: object[] }).items.length;
  const first = await block('+1 (202) 555-0147', 'Sells insurance');
  expect(first).toMatchObject({ status: 201, body: { number: '+12025550147' } });
  const again = await block('+12025550147', 'Sells insurance again');
  const { id } = again.body as { id: string };
  expect((first.body as { id: string }).id).toBe(id);
  const listed = await viewer.send('GET', `${root}/blocked-callers`);
  expect((listed.body as { items: object[] }).items).toHaveLength(count + 1);
  expect((await block('anonymous', '')).body).toMatchObject({ field: 'number' });
  expect((await staff.send('DELETE', `${root}/blocked-callers/${id}`)).status).toBe(403);
  expect((await admin.send('DELETE', `${root}/blocked-callers/${id}`)).status).toBe(200);
  const gone = await admin.send('DELETE', `${root}/blocked-callers/${id}`);
  expect(gone.body).toMatchObject({ code: 'not_found', field: 'blockedCallerId' });
  const log = await admin.send('GET', `${root}/audit-log?subject=caller`);
  expect(JSON.stringify(log.body)).not.toContain('5550147');
});
