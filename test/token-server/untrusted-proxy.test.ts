import { expect, test } from 'vitest';
import type { Request } from 'express';
import { insertOrganization } from '../../db/organizations.ts';
import { insertNotice } from '../../db/server-notices.ts';
import { examineVisitors } from '../../manage/doctor/examine-visitors.ts';
import { readVisitorAddress } from '../../token-server/visitor-address.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer } from './start-token-server.ts';

const database = useTestDatabase();

const warnings = (logs: Record<string, unknown>[]) =>
  logs.filter(({ msg }) => String(msg).includes('TRUST_PROXY'));

async function findings() {
  const found = [];
  for await (const finding of examineVisitors(database)) found.push(finding);
  return found;
}

test('a proxy that is not trusted is told of once, and the doctor tells it too', async () => {
  await insertOrganization(database.db, 'Harbor Street Clinic');
  expect(await findings()).toEqual([]);
  await using server = await startTokenServer({
    noteUntrustedProxy: () => insertNotice(database.db, 'untrusted-proxy'),
  });
  for (const headers of [
    { 'X-Forwarded-For': '198.51.100.1' },
    { 'X-Forwarded-For': '198.51.100.2, 203.0.113.5' },
    { Forwarded: 'for=198.51.100.3' },
  ]) {
    await fetch(`${server.url}/api/agents/front-desk`, { headers });
  }
  expect(warnings(server.logs())).toHaveLength(1);
  expect(server.logText()).not.toContain('198.51.100');
  expect(await findings()).toMatchObject([
    { part: 'visitors', state: 'warning', remedy: expect.stringContaining('TRUST_PROXY') },
  ]);
});

test('nothing is told where no proxy forwards, or where it is trusted', async () => {
  let notes = 0;
  const noteUntrustedProxy = async () => void (notes += 1);
  await using open = await startTokenServer({ noteUntrustedProxy });
  await fetch(`${open.url}/healthz`);
  await using behind = await startTokenServer({
    noteUntrustedProxy,
    config: { trustProxy: ['loopback'] },
  });
  await fetch(`${behind.url}/healthz`, { headers: { 'X-Forwarded-For': '198.51.100.1' } });
  expect(notes).toBe(0);
  expect(warnings([...open.logs(), ...behind.logs()])).toEqual([]);
});

test('a request is served whatever becomes of the note', async () => {
  await using server = await startTokenServer({
    noteUntrustedProxy: () => Promise.reject(new Error('the database is gone')),
  });
  const headers = { 'X-Forwarded-For': '198.51.100.1' };
  expect((await fetch(`${server.url}/healthz`, { headers })).status).toBe(200);
});

/** A request of which Express says `ip`, from `peer`. */
function from(peer: string, ip: string, headers: Record<string, string> = {}): Request {
  const get = (name: string) => headers[name];
  return { ip, socket: { remoteAddress: peer }, get } as unknown as Request;
}

const own = { isOwn: true, isForwarded: false };
const anybody = { isOwn: false, isForwarded: false };
const proxy = { isOwn: false, isForwarded: true };

test.for([
  ['a visitor', from('203.0.113.9', '203.0.113.9'), own],
  [
    'one who names another',
    from('203.0.113.9', '203.0.113.9', { 'x-forwarded-for': '1.2.3.4' }),
    own,
  ],
  ['this machine', from('127.0.0.1', '127.0.0.1'), anybody],
  ['a neighbour', from('::ffff:10.1.2.3', '::ffff:10.1.2.3'), anybody],
  ['a link', from('fe80::1%eth0', 'fe80::1%eth0'), anybody],
  ['a proxy here', from('127.0.0.1', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }), proxy],
  ['one in a container', from('172.17.0.1', '172.17.0.1', { forwarded: 'for=203.0.113.9' }), proxy],
  ['one of IPv6', from('fd00::1', 'fd00::1', { 'x-forwarded-for': '203.0.113.9' }), proxy],
  [
    'behind a trusted one',
    from('10.0.0.2', '203.0.113.9', { 'x-forwarded-for': '203.0.113.9' }),
    own,
  ],
  [
    'behind one that names ports',
    from('10.0.0.2', '203.0.113.9:4711', { 'x-forwarded-for': '203.0.113.9:4711' }),
    { ...own, address: '203.0.113.9' },
  ],
  [
    'of IPv6, behind one that names ports',
    from('10.0.0.2', '[2001:db8::1]:443', { 'x-forwarded-for': '[2001:db8::1]:443' }),
    { ...own, address: '2001:db8::1' },
  ],
  ['a neighbour behind it', from('10.0.0.2', '10.0.0.9', { 'x-forwarded-for': '10.0.0.9' }), own],
  [
    'behind two, of which one is trusted',
    from('10.0.0.2', '10.0.0.3', { 'x-forwarded-for': '203.0.113.9, 10.0.0.3' }),
    proxy,
  ],
] as const)('whose address it is: %s', ([, request, whose]) => {
  expect(readVisitorAddress(request)).toMatchObject(whose);
});
