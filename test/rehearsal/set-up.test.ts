import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { parseCallMetadata } from '../../calls/call-metadata.ts';
import { readProviders } from '../../calendar/providers.ts';
import { findAgentById } from '../../db/agents.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { setUp } from '../../rehearsal/set-up.ts';
import type { Address } from '../../rehearsal/set-up.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();

const address: Address = {
  url: 'http://127.0.0.1:1',
  livekitUrl: 'ws://127.0.0.1:2',
  livekitApiKey: 'key',
  livekitApiSecret: 'a-secret-of-thirty-two-characters-or-more',
  workerName: 'receptionists',
  rehearsal: true,
  masterKey: randomBytes(32).toString('base64'),
  providers: readProviders({}),
};

function scenario(keys: string) {
  return parseScenario(`name: a call\nturns: [{hear: greeting}]\nexpect: {}\n${keys}\n`, 'a.yaml');
}

function claimsOf(token: string): {
  sub: string;
  video: { room: string; canUpdateOwnMetadata?: boolean };
  roomConfig: { agents: { agentName: string; metadata: string }[] };
} {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

describe('setting a call up', () => {
  it('makes the agent and the calendar that the scenario describes', async () => {
    const appointed = await setUp(
      scenario(`agent: {name: Ada, business: Night Clinic, instructions: Be brief.}
clock: 2026-11-23T09:00:00-05:00
calendar: {seed: 9, timeZone: Europe/Paris, busy: [2026-11-24T10:00/2026-11-24T12:00]}
caller: {timeZone: Asia/Tokyo, name: Mary}
faults: [{at: calendar.book, kind: taken, times: 2}]`),
      { db: database.db, address },
    );
    const claims = claimsOf(appointed.token);
    expect(claims.sub).toMatch(/^visitor-/);
    expect(claims.video.room).toBe(appointed.roomName);
    expect(claims.roomConfig.agents[0]?.agentName).toBe('receptionists');
    const metadata = parseCallMetadata(claims.roomConfig.agents[0]?.metadata ?? '');
    expect(metadata.caller).toEqual({ timeZone: 'Asia/Tokyo', name: 'Mary' });
    expect(metadata.rehearsal).toEqual({
      clock: '2026-11-23T09:00:00-05:00',
      faults: [{ at: 'calendar.book', kind: 'taken', times: 2 }],
      isSilent: false,
    });
    const agent = await findAgentById(database.db, metadata.agentId);
    expect(agent).toMatchObject({ businessName: 'Night Clinic', instructions: 'Be brief.' });
    expect(agent?.calendar).toEqual(metadata.calendar);
    const { organizationId = '', id: agentId = '' } = agent ?? {};
    const [event] = await listAgentEvents(database.db, { organizationId, agentId });
    expect(event?.calendarConnectionId).toBe(appointed.ownConnectionId);
    const connection = await findCalendarConnection(database.db, {
      organizationId: agent?.organizationId ?? '',
      id: appointed.ownConnectionId ?? '',
    });
    expect(connection?.settings).toEqual({ seed: 9, busy: ['2026-11-24T10:00/2026-11-24T12:00'] });
    expect(appointed.timeZone).toBe('Europe/Paris');
  });

  it('calls a known agent itself, and a copy of it when the scenario brings a calendar', async () => {
    const tenant = await insertTenant(database.db);
    const clock = `agent: ${tenant.slug}\nclock: 2026-11-23T09:00:00-05:00`;
    const plain = await setUp(scenario(clock), { db: database.db, address });
    const itself = parseCallMetadata(claimsOf(plain.token).roomConfig.agents[0]?.metadata ?? '');
    expect(itself.agentId).toBe(tenant.agentId);
    expect(plain.ownConnectionId).toBeNull();
    const copied = await setUp(scenario(`${clock}\ncalendar: {seed: 3}`), {
      db: database.db,
      address,
    });
    const copy = parseCallMetadata(claimsOf(copied.token).roomConfig.agents[0]?.metadata ?? '');
    expect(copy.agentId).not.toBe(tenant.agentId);
    expect(await findAgentById(database.db, copy.agentId)).toMatchObject({
      businessName: 'Harbor Street Clinic',
    });
  });

  it('dials through the token server when the scenario only names an agent', async () => {
    const tenant = await insertTenant(database.db, { timeZone: 'Europe/Berlin' });
    const requests: unknown[] = [];
    const server = createServer((request, response) => {
      void (async () => {
        requests.push(JSON.parse((await request.toArray()).join('')));
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ server_url: 'ws://there', participant_token: 't', room_name: 'r' }),
        );
      })();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const keys = `agent: ${tenant.slug}\ncaller: {timeZone: Asia/Tokyo}`;
    const appointed = await setUp(scenario(keys), {
      db: database.db,
      address: { ...address, url },
    });
    expect(requests).toEqual([{ agent: tenant.slug, time_zone: 'Asia/Tokyo' }]);
    expect(appointed).toEqual({
      url: 'ws://there',
      token: 't',
      roomName: 'r',
      timeZone: 'Europe/Berlin',
      ownConnectionId: null,
      standing: [],
    });
  });

  it('lets appointments stand in the calendar and in its mirror before the call', async () => {
    const appointed = await setUp(
      scenario(`calendar:
  bookings:
    - { start: 2026-11-26T10:00:00-05:00, name: Mary Smith, email: mary@example.com }
    - { start: 2026-11-26T11:00:00-05:00, minutes: 60, name: Bob, email: bob@example.com, phone: "+15550100001" }`),
      { db: database.db, address },
    );
    const connectionId = appointed.ownConnectionId ?? '';
    const [mirror, calendar] = await Promise.all(
      (['appointments', 'fakeCalendarBookings'] as const).map((table) =>
        database.db
          .selectFrom(table)
          .select(['startAt', 'endAt', 'status'])
          .where('calendarConnectionId', '=', connectionId)
          .orderBy('startAt')
          .execute(),
      ),
    );
    const starts = ['2026-11-26T15:00:00Z', '2026-11-26T16:00:00Z'].map((text) => new Date(text));
    expect(appointed.standing.map(({ startAt }) => startAt)).toEqual(starts);
    expect(mirror).toEqual(calendar);
    expect(mirror?.map(({ startAt, status }) => [startAt, status])).toEqual(
      starts.map((start) => [start, 'confirmed']),
    );
    expect(mirror?.at(-1)?.endAt).toEqual(new Date('2026-11-26T17:00:00Z'));
  });

  it('refuses appointments at the same time', async () => {
    const refused = setUp(
      scenario(`calendar:
  bookings:
    - { start: 2026-11-26T10:00:00-05:00, name: Mary, email: mary@example.com }
    - { start: 2026-11-26T10:15:00-05:00, name: Bob, email: bob@example.com }`),
      { db: database.db, address },
    );
    await expect(refused).rejects.toThrow(/2026-11-26T15:15:00.000Z overlaps another/);
  });

  it('gives an agent the events that the scenario describes', async () => {
    const appointed = await setUp(
      scenario(
        `agent: {name: Ada, business: Works, events: [{name: Demo}, {name: Job interview, minutes: 60}]}`,
      ),
      { db: database.db, address },
    );
    const metadata = parseCallMetadata(
      claimsOf(appointed.token).roomConfig.agents[0]?.metadata ?? '',
    );
    const agent = await findAgentById(database.db, metadata.agentId);
    const events = await listAgentEvents(database.db, {
      organizationId: agent?.organizationId ?? '',
      agentId: metadata.agentId,
    });
    expect(
      events.map(({ name, eventType, durationMinutes }) => [name, eventType, durationMinutes]),
    ).toEqual([
      ['Demo', 'demo', 30],
      ['Job interview', 'job-interview', 60],
    ]);
  });

  it.each([
    [
      'an unknown agent',
      'agent: nobody\nclock: 2026-11-23T09:00:00-05:00',
      true,
      /no agent "nobody"/,
    ],
    [
      'a clock without a rehearsal worker',
      'clock: 2026-11-23T09:00:00-05:00',
      false,
      /SLOTLINE_REHEARSAL=1/,
    ],
  ])('refuses %s', async (_what, keys, rehearsal, message) => {
    const refused = setUp(scenario(keys), { db: database.db, address: { ...address, rehearsal } });
    await expect(refused).rejects.toThrow(message);
  });
});
