import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Authorization } from '../../../calendar/caldav/authorization.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { attendee, DAY } from '../contract/contract-world.ts';
import { connectDav, openDav } from './open-dav.ts';

const page = new URL('http://www.example.org/dir/index.html');

describe('the proof of a password', () => {
  // RFC 7616, section 3.9.1: both challenges of its example, and the answers that it prints.
  const example = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const nonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('is that of the RFC by %s', (algorithm, response) => {
    const proof = new Authorization('Mufasa', 'Circle of Life');
    const basic = proof.header('GET', page);
    expect(basic).toMatch(/^Basic /);
    expect(proof.takeUp(example(algorithm), basic, page)).toBe(true);
    const header = proof.header('GET', page, nonce);
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain('nc=00000001');
    expect(proof.header('GET', page, nonce)).toContain('nc=00000002');
  });

  it('takes the stronger of two, beside Basic, and of each host its own', () => {
    const proof = new Authorization('Mufasa', 'Circle of Life');
    const basic = proof.header('GET', page);
    const both = `Basic realm="a, b", ${example('MD5')}, ${example('SHA-256')}`;
    expect(proof.takeUp(both, basic, page)).toBe(true);
    expect(proof.header('GET', page)).toContain('algorithm=SHA-256');
    expect(proof.header('GET', new URL('https://other.example.org/'))).toBe(basic);
  });

  it('keeps nobody waiting for a challenge that is one long word', () => {
    const proof = new Authorization('Mufasa', 'Circle of Life');
    const begun = performance.now();
    expect(proof.takeUp('1-'.repeat(8_000), proof.header('GET', page), page)).toBe(false);
    // Letter by letter it took a second.
    expect(performance.now() - begun).toBeLessThan(300);
  });

  it('is not tried again where it was refused, or where nothing can be answered', () => {
    const proof = new Authorization('Mufasa', 'Circle of Life');
    const basic = proof.header('GET', page);
    for (const asked of [null, '', 'Basic realm="x"', 'Negotiate', example('SHA-512-256')]) {
      expect(proof.takeUp(asked, basic, page)).toBe(false);
    }
    expect(proof.takeUp(example('MD5'), basic, page)).toBe(true);
    const digest = proof.header('GET', page);
    expect(proof.takeUp(example('MD5'), digest, page)).toBe(false);
    expect(proof.takeUp(`${example('MD5')}, stale=true`, digest, page)).toBe(true);
  });
});

/** Stands before a server that takes Basic alone, and lets in who proves the password by Digest. */
async function startDigestGate(server: string, { forgetsAfter }: { forgetsAfter: number }) {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const who = md5(`${DAV_USER}:dav:${DAV_PASSWORD}`);
  const seen = { basic: 0, digest: 0, refused: 0 };
  /** Of each nonce that is known, the counts that came with it: one that comes twice was recorded. */
  const nonces = new Map<string, Set<string>>();
  const gate = createServer((request, response) => {
    const { authorization = '', ...headers } = request.headers;
    const field = (name: string) =>
      new RegExp(`\\b${name}="?([^",]+)`).exec(authorization)?.[1] ?? '';
    const [nonce, count] = [field('nonce'), field('nc')];
    const what = md5(`${request.method}:${field('uri')}`);
    const proof = md5([who, nonce, count, field('cnonce'), 'auth', what].join(':'));
    if (authorization.startsWith('Basic ')) seen.basic += 1;
    const isRight = field('response') === proof && field('uri') === request.url;
    const used = nonces.get(nonce);
    if (!isRight || !used || used.has(count)) {
      seen.refused += 1;
      const anew = randomUUID();
      nonces.set(anew, new Set());
      const stale = isRight && !used ? ', stale=true' : '';
      response.writeHead(401, {
        'WWW-Authenticate': `Digest realm="dav", qop="auth", nonce="${anew}"${stale}`,
      });
      request.resume();
      response.end();
      return;
    }
    used.add(count);
    seen.digest += 1;
    if (used.size >= forgetsAfter) nonces.delete(nonce);
    void pass(request, response, { server, headers });
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void gate.close());
  return { url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, seen };
}

type Gate = Parameters<NonNullable<Parameters<typeof createServer>[1]>>;

async function pass(
  request: Gate[0],
  response: Gate[1],
  { server, headers }: { server: string; headers: NodeJS.Dict<string | string[]> },
): Promise<void> {
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  const { host: _host, connection: _connection, 'content-length': _length, ...rest } = headers;
  const basic = Buffer.from(`${DAV_USER}:${DAV_PASSWORD}`).toString('base64');
  const answer = await transport(new URL(request.url ?? '/', server), {
    method: request.method ?? 'GET',
    headers: { ...(rest as Record<string, string>), Authorization: `Basic ${basic}` },
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
  });
  response.writeHead(
    answer.status,
    Object.fromEntries(
      [...answer.headers].filter(
        ([name]) => !/^(content-(length|encoding)|transfer|connection)/.test(name),
      ),
    ),
  );
  response.end(Buffer.from(await answer.arrayBuffer()));
}

describe.skipIf(!canServeDav('radicale'))('a server that wants Digest', () => {
  let server: DavServer;
  beforeAll(async () => {
    server = await startDavServer('radicale');
  });
  afterAll(() => server.close());

  it('is connected, booked into and read, also where it forgets its nonces', async () => {
    const { url, seen } = await startDigestGate(server.url, { forgetsAfter: 4 });
    const settings = await connectDav({ server: url });
    const calendar = openDav({ server: url, settings });
    const range = { from: new Date(), to: new Date(Date.now() + 10 * DAY) };
    const [slot] = await calendar.listSlots(range);
    if (!slot) throw new Error('Nothing is free.');
    const wish = { slot, attendee: attendee(), key: 'digest', notes: null, answers: {} };
    const { reference } = await calendar.book(wish);
    expect(await calendar.cancel(reference, 'Ill.')).toMatchObject({ status: 'cancelled' });
    expect(seen.digest).toBeGreaterThan(8);
    // Once each: of the connection, and of the calendar that was opened after it.
    expect(seen.basic).toBe(2);
  });

  it('refuses a wrong password after one proof of it', async () => {
    const { url, seen } = await startDigestGate(server.url, { forgetsAfter: 100 });
    await expect(connectDav({ server: url, credential: 'wrong' })).rejects.toMatchObject({
      name: 'CalendarSetupError',
      problem: 'key-refused',
    });
    expect(seen).toMatchObject({ digest: 0, refused: 2 });
  });
});
