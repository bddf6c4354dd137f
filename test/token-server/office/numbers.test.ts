import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrunkPassword } from '../../../db/phone/sip-trunks.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { canServePhone, startRedis } from '../../support/redis-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { freshNumber } from './make-bookables.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const PASSWORD = 'correct-horse-battery';
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

const send = (method: string, path: string, body?: object) =>
  tenant.browsers.admin.send(method, `${root}${path}`, body, { 'If-Match': '*' });

const idOf = ({ body }: Answer) => (body as { id: string }).id;

describe('a trunk', () => {
  test('keeps its password sealed and out of every answer', async () => {
    const given = { name: 'Office', username: 'reception', password: PASSWORD };
    const made = await send('POST', '/trunks', given);
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Office', allow: [], username: 'reception', isInLivekit: false },
    });
    const key = { organizationId: tenant.organizationId, id: idOf(made) };
    expect(await readTrunkPassword(database.db, key, MASTER_KEY)).toBe(PASSWORD);
    const other = { username: 'reception', password: `${PASSWORD}-2` };
    await send('PATCH', `/trunks/${key.id}`, other);
    expect(await readTrunkPassword(database.db, key, MASTER_KEY)).toBe(`${PASSWORD}-2`);
    const seen = [await send('GET', '/trunks'), await send('GET', '/audit-log')];
    expect(JSON.stringify(seen)).not.toContain(PASSWORD);
    expect(office.logText()).not.toContain(PASSWORD);
    expect(await send('DELETE', `/trunks/${key.id}`)).toMatchObject({ status: 200 });
  });

  test.each([
    [{ name: 'Open' }, 400, 'allow'],
    [{ name: 'Open', allow: ['0.0.0.0/0'] }, 400, 'allow'],
    [{ name: 'Digest', username: 'reception' }, 400, 'password'],
    [{ name: 'Weak', username: 'reception', password: 'short' }, 400, 'password'],
    [{ name: 'Carrier', allow: ['203.0.113.7'] }, 409, 'name'],
  ])('of %j is refused by name', async (body, status, field) => {
    const answer = await send('POST', '/trunks', body);
    expect(answer.body).toMatchObject({ status, field });
    expect(JSON.stringify(answer.body)).not.toContain('SIP_PASSWORD');
  });
});

describe('a number', () => {
  test('is read as people write it, answered by an agent, switched off and removed', async () => {
    const given = { number: '+1 (202) 555-0123', agent: tenant.slug, trunk: 'Carrier' };
    const made = await send('POST', '/numbers', { ...given, label: 'Reception' });
    expect(made).toMatchObject({
      status: 201,
      body: { number: '+12025550123', agent: tenant.slug, trunk: 'Carrier', inbound: true },
    });
    const again = await send('POST', '/numbers', given);
    expect(again.body).toMatchObject({ code: 'taken', field: 'number' });
    const path = `/numbers/${idOf(made)}`;
    expect(await send('PATCH', path, { inbound: false })).toMatchObject({
      body: { inbound: false },
    });
    const carrier = (await send('GET', '/trunks')).body as {
      items: { id: string; name: string }[];
    };
    const trunkId = carrier.items.find(({ name }) => name === 'Carrier')?.id ?? '';
    expect((await send('DELETE', `/trunks/${trunkId}`)).body).toMatchObject({
      field: 'trunk',
      detail: expect.stringContaining('+12025550123') as string,
    });
    expect((await send('DELETE', path)).status).toBe(200);
    expect((await send('GET', path)).status).toBe(404);
    const { body } = await send('GET', '/audit-log?subject=number');
    const actions = (body as { items: { action: string }[] }).items.map(({ action }) => action);
    expect(actions).toEqual(['number.removed', 'number.edited', 'number.added']);
  });
});

describe.skipIf(!canServePhone())('the phone line', () => {
  test('says what is missing until LiveKit knows of every number, and nothing of others', async () => {
    await using redis = await startRedis();
    const keys = { apiKey: 'devkey', apiSecret: 'a-secret-of-thirty-two-characters' };
    await using livekit = await startLiveKit({ ...keys, redisPort: redis.port });
    await using phone = await startOffice(database.db, {
      outside: { livekit: { ...keys, url: livekit.webSocketUrl, workerName: 'receptionist' } },
    });
    const own = await makeTenant(database.db, phone);
    const other = await makeTenant(database.db, phone);
    const ask = (of: OfficeTenant, method: string, path: string, body?: object) =>
      of.browsers.admin.send(method, `/api/v1/organizations/${of.organizationId}${path}`, body, {
        'If-Match': '*',
      });
    const empty = await ask(own, 'GET', '/phone-line/findings');
    expect(empty.body).toMatchObject({
      findings: [{ part: 'trunk', of: 'Carrier', state: 'warning', remedy: 'Add a number' }],
    });
    const theirs = freshNumber();
    const mine = freshNumber();
    await ask(other, 'POST', '/numbers', { number: theirs, agent: other.slug, trunk: 'Carrier' });
    await ask(own, 'POST', '/numbers', { number: mine, agent: own.slug, trunk: 'Carrier' });
    const before = await ask(own, 'GET', '/phone-line/findings');
    expect(before.body).toMatchObject({
      findings: [
        { part: 'trunk', state: 'ok' },
        { part: 'number', of: mine, state: 'ok' },
        { part: 'LiveKit', state: 'warning', remedy: 'Bring it in line' },
      ],
    });
    expect(JSON.stringify(before.body)).not.toContain(theirs);
    const synced = await ask(own, 'POST', '/phone-line/sync');
    expect(synced).toMatchObject({ status: 200, body: { ok: true } });
    expect((synced.body as { findings: object[] }).findings.at(-1)).toMatchObject({
      part: 'LiveKit',
      state: 'ok',
    });
    const trunks = await ask(own, 'GET', '/trunks');
    expect(trunks.body).toMatchObject({ items: [{ name: 'Carrier', isInLivekit: true }] });
  });
});

test('tells of a LiveKit that cannot be reached what to do', async () => {
  await send('POST', '/numbers', { number: freshNumber(), agent: tenant.slug, trunk: 'Carrier' });
  const { body } = await send('GET', '/phone-line/findings');
  expect((body as { findings: object[] }).findings.at(-1)).toMatchObject({
    part: 'LiveKit',
    state: 'failed',
    remedy: expect.stringContaining('LIVEKIT_URL') as string,
  });
  const sync = await send('POST', '/phone-line/sync');
  expect(sync.body).toMatchObject({ status: 424, code: 'phone_trouble' });
});
