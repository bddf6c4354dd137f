import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openConnection } from '../../../booking/calendars/open-connection.ts';
import { guardedFetch } from '../../../calendar/guarded-fetch.ts';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import type { Providers } from '../../../calendar/providers.ts';
import { findCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { connectCalendar } from '../../../manage/connect-calendar.ts';
import type { LookUp } from '../../../runtime/guarded-connect.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { canServeDav, DAV_PASSWORD, DAV_USER, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { MASTER_KEY, startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase();

interface Desk {
  office: RunningOffice;
  tenant: OfficeTenant;
  connect: (body: object) => Promise<Answer>;
  edit: (id: string, body: object) => Promise<Answer>;
}

/** An office whose calendars are asked as its providers say. */
async function openDesk(providers: Providers): Promise<Desk> {
  const office = await startOffice(database.db, { outside: { providers } });
  const tenant = await makeTenant(database.db, office);
  const path = `/api/v1/organizations/${tenant.organizationId}/calendars`;
  const { admin } = tenant.browsers;
  return {
    office,
    tenant,
    connect: (body) => admin.send('POST', path, body),
    edit: async (id, body) => {
      const { headers } = await admin.send('GET', `${path}/${id}`);
      const etag = headers.get('etag') ?? '';
      return admin.send('PATCH', `${path}/${id}`, body, { 'If-Match': etag });
    },
  };
}

/** A server on every address of this machine that counts who comes. */
async function startListener(location?: string) {
  let connections = 0;
  const server = createServer((_, response) => {
    response.writeHead(location === undefined ? 404 : 301, {
      Connection: 'close',
      ...(location === undefined ? {} : { Location: location }),
    });
    response.end();
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

/** Answers each question with the next of these addresses, and the last one for ever. */
function answering(...addresses: string[]): LookUp {
  let asked = 0;
  return (_hostname, _options, done) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
    asked += 1;
    done(null, [{ address, family: 4 }]);
  };
}

const dav = (server: string, name = 'Practice') => ({
  name,
  provider: 'caldav',
  key: DAV_PASSWORD,
  timeZone: 'America/New_York',
  settings: { server, username: DAV_USER },
});
const refused = {
  status: 424,
  body: { detail: expect.stringContaining('CALENDAR_PRIVATE_NETWORKS') as string },
};

describe('a calendar whose address is typed in the office', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(readProviders({}));
  });
  afterAll(() => desk.office[Symbol.asyncDispose]());

  test('is at no private address, however it is written, and nobody is asked there', async () => {
    const { port, connections } = await startListener();
    for (const server of [
      `http://127.0.0.1:${port}/`,
      `http://127.9.9.9:${port}/`,
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `https://0.0.0.0:${port}/`,
      `https://10.0.0.1/`,
      'https://169.254.169.254/latest/',
      'https://[fd00::1]/',
      'https://[fe80::1]/',
      'https://[64:ff9b::7f00:1]/',
    ]) {
      expect({ server, ...(await desk.connect(dav(server))) }).toMatchObject({
        server,
        ...refused,
      });
    }
    for (const baseUrl of [`http://127.0.0.1:${port}`, 'https://192.168.1.1', 'https://[::1]']) {
      const wish = { name: 'Own', provider: 'calcom', key: 'cal_none', settings: { baseUrl } };
      expect({ baseUrl, ...(await desk.connect(wish)) }).toMatchObject({ baseUrl, ...refused });
    }
    expect(connections()).toBe(0);
  });

  test('is held to it at every hop, and where its name leads somewhere else a moment later', async () => {
    const { port, connections } = await startListener('/elsewhere/');
    const rebinding = answering('127.0.0.1', '127.0.0.2');
    const guarded = guardedFetch(addressRule(['127.0.0.1/32']), rebinding);
    const other = await openDesk({ ...readProviders({}), guarded });
    onTestFinished(() => other.office[Symbol.asyncDispose]());
    expect(await other.connect(dav(`http://dav.localhost:${port}/`))).toMatchObject(refused);
    expect(connections()).toBe(1);
  });
});

describe.skipIf(!canServeDav('radicale'))('a calendar on this machine', () => {
  let server: DavServer;
  beforeAll(async () => {
    server = await startDavServer('radicale');
  });
  afterAll(() => server.close());

  /** Asks as a process does that was told of these networks. */
  async function ask(desk: Desk, id: string, networks?: string): Promise<unknown> {
    const { organizationId } = desk.tenant;
    const connection = await findCalendarConnection(database.db, { organizationId, id });
    if (!connection) throw new Error('It was not stored.');
    const providers = readProviders(
      networks === undefined ? {} : { CALENDAR_PRIVATE_NETWORKS: networks },
    );
    const parts = { masterKey: MASTER_KEY, providers, now: () => new Date() };
    const { provider, access } = await openConnection(database.db, connection, parts);
    return provider.readAccount?.(access);
  }
  const refusal = { name: 'CalendarSetupError', problem: 'not-supported' };

  test('is connected in the office where the operator allows its network, by every process', async () => {
    const desk = await openDesk(readProviders({ CALENDAR_PRIVATE_NETWORKS: '127.0.0.0/8' }));
    onTestFinished(() => desk.office[Symbol.asyncDispose]());
    const made = await desk.connect(dav(server.url));
    expect(made).toMatchObject({ status: 201 });
    const { id } = made.body as { id: string };
    await expect(ask(desk, id, '127.0.0.0/8')).resolves.toMatchObject({ timeZone: null });
    await expect(ask(desk, id)).rejects.toMatchObject(refusal);
  });

  test('is connected by the command line wherever it is, and stays so until its address changes', async () => {
    const desk = await openDesk(readProviders({}, PROVIDERS));
    onTestFinished(() => desk.office[Symbol.asyncDispose]());
    const operator = {
      db: database.db,
      masterKey: MASTER_KEY,
      now: () => new Date(),
      providers: readProviders({}),
    };
    const { settings, ...wish } = dav(server.url, 'Cellar');
    const { organizationId } = desk.tenant;
    const { connection } = await connectCalendar(
      operator,
      organizationId,
      { name: wish.name, provider: wish.provider, timeZone: wish.timeZone, ...settings },
      () => Promise.resolve(DAV_PASSWORD),
    );
    const { id } = connection;
    await expect(ask(desk, id)).resolves.toMatchObject({ timeZone: null });
    expect(await desk.edit(id, { timeZone: 'Europe/Berlin' })).toMatchObject({ status: 200 });
    await expect(ask(desk, id)).resolves.toMatchObject({ timeZone: null });
    const elsewhere = { settings: { server: server.url.replace('127.0.0.1', 'localhost') } };
    const changed = await desk.edit(id, { ...elsewhere, key: DAV_PASSWORD });
    expect(changed).toMatchObject(refused);
    await expect(ask(desk, id)).resolves.toMatchObject({ timeZone: null });
  });
});
