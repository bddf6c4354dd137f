import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discover } from '../../../calendar/caldav/discover.ts';
import { openClient } from '../../../calendar/caldav/dav-client.ts';
import { findService } from '../../../calendar/caldav/service-records.ts';
import type { ServiceRecords } from '../../../calendar/caldav/service-records.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { makeDavCalendar } from './dav-user.ts';
import { davAccess } from './open-dav.ts';

type Service = Awaited<ReturnType<ServiceRecords['resolveSrv']>>[number];

const service = (name: string, more: Partial<Service> = {}): Service => ({
  name,
  port: 443,
  priority: 1,
  weight: 1,
  ...more,
});

/** The records of example.com alone. */
function zone(services: Service[], texts: string[][] = []): ServiceRecords & { asked: string[] } {
  const asked: string[] = [];
  const answer = <T>(name: string, records: T[]) => {
    asked.push(name);
    return name === '_caldavs._tcp.example.com' && records.length > 0
      ? Promise.resolve(records)
      : Promise.reject(Object.assign(new Error('queryNXDOMAIN'), { code: 'ENOTFOUND' }));
  };
  return {
    asked,
    resolveSrv: (name) => answer(name, services),
    resolveTxt: (name) => answer(name, texts),
  };
}

const domain = new URL('https://example.com/');
const hrefs = async (of: URL, records: ServiceRecords) =>
  (await findService(of, records)).map(({ href }) => href);

describe('the server that a domain names', () => {
  it('is asked in the order of its records, at the path that its text says', async () => {
    const records = zone(
      [
        service('last.example.com', { priority: 2 }),
        service('dav.example.com.', { port: 8443, weight: 9 }),
      ],
      [['v=1'], ['path=', '/dav/']],
    );
    expect(await hrefs(domain, records)).toEqual([
      'https://dav.example.com:8443/dav/',
      'https://dav.example.com:8443/.well-known/caldav',
      'https://dav.example.com:8443/',
      'https://last.example.com/dav/',
      'https://last.example.com/.well-known/caldav',
      'https://last.example.com/',
    ]);
  });

  it('is none where the records say so, or cannot be read, or lead out of themselves', async () => {
    expect(await hrefs(domain, zone([]))).toEqual([]);
    expect(await hrefs(domain, zone([service('.', { port: 0 })]))).toEqual([]);
    const out = zone([service('dav.example.com')], [['path=//elsewhere.example/dav/']]);
    expect((await hrefs(domain, out)).every((href) => href.startsWith('https://dav.'))).toBe(true);
  });

  it('is not looked for where an address was given', async () => {
    const records = zone([service('dav.example.com')]);
    for (const given of [
      'https://example.com/dav/',
      'https://example.com:8443/',
      'https://192.0.2.1/',
      'https://[2001:db8::1]/',
      'http://localhost/',
      'https://localhost/',
    ]) {
      expect(await hrefs(new URL(given), records)).toEqual([]);
    }
    expect(records.asked).toEqual([]);
  });
});

describe.skipIf(!canServeDav('radicale'))('discovery by a domain', () => {
  let server: DavServer;
  beforeAll(async () => {
    server = await startDavServer('radicale');
    await makeDavCalendar(server.url, 'Work');
  });
  afterAll(() => server.close());

  /** The server behind the names of a domain; the domain itself has a page that knows no WebDAV. */
  function behind(host: string) {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push(url.hostname);
      if (url.hostname !== host) return Promise.resolve(new Response('<html>', { status: 405 }));
      return transport(new URL(url.pathname, server.url), init);
    };
    return { asked, client: openClient(davAccess({ server: 'example.com', fetch })) };
  }

  it('finds what is there on a host that only its records name', async () => {
    const { client, asked } = behind('dav.example.com');
    const records = zone([service('dav.example.com')]);
    const { calendars } = await discover(client, records);
    expect(calendars.map(({ name, url }) => [name, url.hostname])).toEqual([
      ['Work', 'dav.example.com'],
    ]);
    expect(new Set(asked)).toEqual(new Set(['dav.example.com']));
  });

  it('sends the password to no host outside of the domain, and says which was named', async () => {
    const { client, asked } = behind('dav.elsewhere.example');
    const records = zone([service('dav.elsewhere.example')]);
    await expect(discover(client, records)).rejects.toThrow(/dav\.elsewhere\.example/);
    expect(new Set(asked)).toEqual(new Set(['example.com']));
  });
});
