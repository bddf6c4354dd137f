import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCredential } from '../../../db/sealed-credential.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}/webhook-endpoints`;
});
afterAll(() => office[Symbol.asyncDispose]());

interface Endpoint {
  id: string;
  secret: string;
  url: string;
}

const url = 'https://example.com/hooks/slotline?key=abc';
const make = async (more: object = {}) => {
  const { owner } = tenant.browsers;
  return owner.send('POST', root, { url, events: ['call.ended'], ...more });
};
const made = async () => (await make()).body as Endpoint;

test('a secret is shown as the endpoint is made and as it is rotated, and never again', async () => {
  const { owner } = tenant.browsers;
  const { id, secret, ...shown } = await made();
  expect(shown).toMatchObject({ url, events: ['call.ended'], enabled: true, description: '' });
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const read = await owner.send('GET', `${root}/${id}`);
  expect(JSON.stringify([read.body, (await owner.send('GET', root)).body])).not.toContain('whsec_');
  const rotated = await owner.send('POST', `${root}/${id}/secret`);
  const after = rotated.body as Endpoint & { previousSecretUntil: string };
  expect(after.secret).toMatch(/^whsec_/);
  expect(after.secret).not.toBe(secret);
  const ahead = Date.parse(after.previousSecretUntil) - Date.now();
  expect(ahead / 3_600_000).toBeCloseTo(24, 1);
  const row = await database.db
    .selectFrom('webhookEndpoints')
    .select(['secret', 'previousSecret'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { organizationId } = tenant;
  const open = (sealed: Buffer | null, column: string) =>
    sealed && openCredential(sealed, { organizationId, rowId: id, column }, MASTER_KEY);
  expect(open(row.secret, 'webhook_endpoints.secret')).toBe(after.secret);
  expect(open(row.previousSecret, 'webhook_endpoints.previous_secret')).toBe(secret);
  const log = await owner.send(
    'GET',
    `/api/v1/organizations/${organizationId}/audit-log?subject=webhook-endpoint`,
  );
  const text = JSON.stringify(log.body);
  expect(text).toContain('webhook-endpoint.secret_rotated');
  expect(text).not.toContain('whsec_');
  expect(text).not.toContain('key=abc');
});

test.each([
  ['ftp://example.com', 'https://'],
  ['not an address', 'https://'],
  ['http://example.com/hook', 'https://'],
  ['https://user:password@example.com', 'no user'],
  ['https://example.com/#part', '#'],
  ['https://127.0.0.1/hook', 'internet'],
  ['https://2130706433/', 'internet'],
  ['https://0x7f.1/', 'internet'],
  ['https://[::1]/', 'internet'],
  ['https://[::ffff:169.254.169.254]/', 'internet'],
  ['https://192.168.0.10:8443/', 'internet'],
])('%s is refused by the field', async (given, why) => {
  const { status, body } = await make({ url: given });
  expect([status, body]).toMatchObject([400, { code: 'invalid_request', field: 'url' }]);
  expect((body as { detail: string }).detail).toContain(why);
});

test('events are named and known', async () => {
  expect((await make({ events: [] })).body).toMatchObject({ field: 'events' });
  expect((await make({ events: ['call.rang'] })).body).toMatchObject({ field: 'events.0' });
});

test('private networks are for the operator to allow', async () => {
  const webhookAddresses = addressRule(['127.0.0.0/8']);
  await using inside = await startOffice(database.db, { office: { webhookAddresses } });
  const other = await makeTenant(database.db, inside);
  const path = `/api/v1/organizations/${other.organizationId}/webhook-endpoints`;
  const ask = (given: string) =>
    other.browsers.owner.send('POST', path, { url: given, events: ['call.ended'] });
  expect((await ask('http://127.0.0.1:9000/hook')).status).toBe(201);
  expect((await ask('http://10.0.0.1/hook')).body).toMatchObject({ field: 'url' });
});

test('an edit names what it was made from, and one that is switched on begins anew', async () => {
  const { owner } = tenant.browsers;
  const { id } = await made();
  await database.db
    .updateTable('webhookEndpoints')
    .set({ enabled: false, switchedOffAt: new Date(), failingSince: new Date() })
    .where('id', '=', id)
    .execute();
  const path = `${root}/${id}`;
  expect((await owner.send('PATCH', path, { enabled: true })).status).toBe(428);
  const read = await owner.send('GET', path);
  expect(read.body).toMatchObject({ enabled: false, switchedOffAt: expect.any(String) });
  const match = { 'If-Match': read.headers.get('etag') ?? '' };
  const edited = await owner.send('PATCH', path, { enabled: true }, match);
  expect(edited.body).toMatchObject({ enabled: true, switchedOffAt: null, failingSince: null });
  expect((await owner.send('PATCH', path, { description: 'x' }, match)).status).toBe(412);
});

test('there are twenty endpoints at most', async () => {
  const other = await makeTenant(database.db, office);
  const path = `/api/v1/organizations/${other.organizationId}/webhook-endpoints`;
  const statuses: number[] = [];
  for (let count = 0; count < 21; count += 1) {
    const answer = await other.browsers.owner.send('POST', path, { url, events: ['call.ended'] });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([...Array<number>(20).fill(201), 429]);
});

test('deliveries are listed, shown with their attempts, narrowed and sent again', async () => {
  const { db } = database;
  const { owner } = tenant.browsers;
  const { id } = await made();
  const tested = await owner.send('POST', `${root}/${id}/test`);
  const delivery = tested.body as { id: string; body: string };
  expect(tested.body).toMatchObject({ type: 'webhook.test', state: 'pending', log: [] });
  expect(JSON.parse(delivery.body)).toMatchObject({ type: 'webhook.test' });
  await db
    .updateTable('endpointDeliveries')
    .set({ state: 'failed', attempts: 9, endedAt: new Date() })
    .where('id', '=', delivery.id)
    .execute();
  await db
    .insertInto('deliveryAttempts')
    .values({
      organizationId: tenant.organizationId,
      deliveryId: delivery.id,
      at: new Date(),
      milliseconds: 12,
      status: 500,
      error: 'It answered 500 instead of 200 to 299.',
      answer: 'no',
    })
    .execute();
  await owner.send('POST', `${root}/${id}/test`);
  const failed = await owner.send('GET', `${root}/${id}/deliveries?state=failed`);
  expect(failed.body).toMatchObject({
    items: [{ id: delivery.id, state: 'failed', lastStatus: 500, dueAt: null }],
    next: null,
  });
  const all = await owner.send('GET', `${root}/${id}/deliveries?limit=1`);
  const { items, next } = all.body as { items: { id: string }[]; next: string };
  const rest = await owner.send('GET', `${root}/${id}/deliveries?limit=1&after=${next}`);
  expect(items[0]?.id).not.toBe(delivery.id);
  expect(rest.body).toMatchObject({ items: [{ id: delivery.id }], next: null });
  const path = `${root}/${id}/deliveries/${delivery.id}`;
  expect((await owner.send('GET', path)).body).toMatchObject({
    log: [{ status: 500, milliseconds: 12, answer: 'no' }],
  });
  const resent = await owner.send('POST', `${path}/resend`);
  expect(resent.body).toMatchObject({ state: 'pending', attempts: 0, log: [{ status: 500 }] });
  await db.updateTable('webhookEvents').set({ body: null }).execute();
  expect((await owner.send('POST', `${path}/resend`)).body).toMatchObject({
    code: 'invalid_request',
    field: 'deliveryId',
  });
});
