import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { guardedConnector } from '../../runtime/guarded-connect.ts';
import type { LookUp } from '../../runtime/guarded-connect.ts';
import { createTransport } from '../../runtime/http-transport.ts';
import { addressRule, allowedAddresses, isPublicAddress } from '../../runtime/public-address.ts';

/** A server on loopback that counts what reaches it. */
async function startServer(): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer((_, response) => void response.end('reached'));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

/** Answers each question with the next of these, and the last one for ever. */
function answering(...answers: string[][]): LookUp & { asked: number } {
  const lookUp = Object.assign(
    ((_hostname, _options, done) => {
      const addresses = answers[Math.min(lookUp.asked, answers.length - 1)] ?? [];
      lookUp.asked += 1;
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) satisfies LookUp,
    { asked: 0 },
  );
  return lookUp;
}

const fetchBy = (networks: string[], lookUp?: LookUp) =>
  createTransport({ connect: guardedConnector(addressRule(networks), lookUp), deadline: 5_000 });

const refused = { cause: { code: 'ERR_ADDRESS_REFUSED' } };

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2001:0:7f00:1::',
  '2002:7f00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'example.com',
  '',
])('%s is no address of the internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is one of the internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('addresses in numbers, however they are written, are not connected to', async () => {
  const { port, connections } = await startServer();
  const fetch = fetchBy([]);
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ]) {
    await expect(fetch(`http://${host}:${port}`)).rejects.toMatchObject(refused);
    await expect(fetch(`https://${host}:${port}`)).rejects.toMatchObject(refused);
  }
  expect(connections()).toBe(0);
});

test('a name is connected to where it leads at that moment, and nowhere private', async () => {
  const { port, connections } = await startServer();
  for (const private_ of [['127.0.0.1'], ['::ffff:127.0.0.1'], ['10.0.0.1', '::1']]) {
    const fetch = fetchBy([], answering(private_));
    await expect(fetch(`https://rebind.example:${port}`)).rejects.toMatchObject(refused);
  }
  // It answers well when it is looked up, and otherwise a moment later: that answer is never asked for.
  const rebinding = answering(['192.0.32.7', '127.0.0.1'], ['127.0.0.1']);
  const fetch = createTransport({
    connect: guardedConnector(addressRule(), rebinding),
    deadline: 300,
  });
  await expect(fetch(`https://rebind.example:${port}`)).rejects.toThrow(/timeout|fetch failed/);
  expect(rebinding.asked).toBe(1);
  expect(connections()).toBe(0);
});

test('networks that an operator names are reached, in clear too; the internet by https alone', async () => {
  const { port, connections } = await startServer();
  const fetch = fetchBy(['127.0.0.1/32'], answering(['127.0.0.1']));
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('reached');
  expect(await (await fetch(`http://inside.example:${port}`)).text()).toBe('reached');
  expect(connections()).toBe(2);
  await expect(fetch(`http://127.0.0.2:${port}`)).rejects.toMatchObject(refused);
  const outside = fetchBy(['127.0.0.1/32'], answering(['8.8.8.8']));
  await expect(outside('http://outside.example')).rejects.toMatchObject(refused);
});

test('WEBHOOK_PRIVATE_NETWORKS lists networks, and nothing else', () => {
  const rule = allowedAddresses.parse('10.0.0.0/8, fd00::/8');
  expect(rule.allows('10.9.9.9', 'http:')).toBe(true);
  expect(rule.allows('::ffff:10.9.9.9', 'http:')).toBe(true);
  expect(rule.allows('fd00::1', 'http:')).toBe(true);
  expect(rule.allows('192.168.0.1', 'https:')).toBe(false);
  expect(allowedAddresses.parse(undefined).hasPrivate).toBe(false);
  for (const wrong of ['10.0.0.1', 'localhost', '10.0.0.0/33', '*', '10.0.0.0/8/8']) {
    expect(allowedAddresses.safeParse(wrong).success).toBe(false);
  }
});
