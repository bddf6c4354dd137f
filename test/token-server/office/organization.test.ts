import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let path: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  path = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

const edit = (body: object, etag: string) =>
  tenant.browsers.owner.send('PATCH', path, body, { 'If-Match': etag });

test('settings are read with their defaults, and edited one by one', async () => {
  const { owner } = tenant.browsers;
  const read = await owner.send('GET', path);
  expect(read.body).toMatchObject({
    name: 'Harbor Street Clinic',
    timeZone: null,
    retention: { transcriptDays: 30 },
    limits: { callsAtOnce: 20 },
  });
  const etag = read.headers.get('ETag') ?? '';
  const change = { timeZone: 'Europe/Vienna', retention: { transcriptDays: 14 } };
  const edited = await edit(change, etag);
  expect(edited.body).toMatchObject({
    timeZone: 'Europe/Vienna',
    retention: { transcriptDays: 14, callerDays: 90 },
  });
  // Somebody who still sees what was before overwrites nothing.
  expect((await edit({ name: 'Another' }, etag)).status).toBe(412);
  const log = await owner.send('GET', `${path}/audit-log?subject=organization`);
  expect(log.body).toMatchObject({
    items: [{ action: 'organization.edited', before: { timeZone: null } }],
  });
  const me = await owner.send('GET', '/api/v1/me');
  expect(me.body).toMatchObject({ organizations: [{ timeZone: 'Europe/Vienna' }] });
});

test('a setting that cannot be is refused by its name', async () => {
  for (const [body, field] of [
    [{ timeZone: 'Atlantis/Deep' }, 'timeZone'],
    [{ retention: { transcriptDays: 0 } }, 'retention.transcriptDays'],
    [{ limits: { keptForPhone: 101 } }, 'limits.keptForPhone'],
    [{ name: '' }, 'name'],
  ] as const) {
    expect((await edit(body, '*')).body).toMatchObject({ code: 'invalid_request', field });
  }
});

test('the guide knows what has been set up', async () => {
  const guide = await tenant.browsers.viewer.send('GET', `${path}/guide`);
  expect(guide.body).toMatchObject({ agent: true, calendar: true, call: false, number: false });
});

test('a member may read who makes members of which role', async () => {
  const grantsOf = async (role: 'owner' | 'admin' | 'viewer') =>
    (await tenant.browsers[role].send('GET', '/api/v1/me')).body;
  expect(await grantsOf('admin')).toMatchObject({
    organizations: [{ grants: ['admin', 'staff', 'viewer'] }],
  });
  expect(await grantsOf('viewer')).toMatchObject({ organizations: [{ grants: [] }] });
});
