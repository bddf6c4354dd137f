import { TokenSource } from 'livekit-client';
import { TokenVerifier } from 'livekit-server-sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { isVisitorAtLimit } from '../../calls/admit-call.ts';
import { parseCallMetadata } from '../../calls/call-metadata.ts';
import { findAgentBySlug, insertAgent } from '../../db/agents.ts';
import { insertBookingEvent } from '../../db/booking-events.ts';
import { DEFAULT_CALL_LIMITS } from '../../db/calls/call-limits.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { exampleAgent } from './example-agent.ts';
import { startTokenServer, testConfig } from './start-token-server.ts';
import type { RunningTokenServer } from './start-token-server.ts';

const database = useTestDatabase();
const verifier = new TokenVerifier(testConfig.livekit.apiKey, testConfig.livekit.apiSecret);
let agentId = '';

beforeAll(async () => {
  const { db } = database;
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'fake',
    name: 'Front desk',
    timeZone: 'America/New_York',
    settings: { seed: 7 },
  });
  const agent = {
    organizationId,
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
  };
  agentId = await insertAgent(db, { ...agent, slug: 'front-desk' });
  await insertAgent(db, { ...agent, slug: 'closed-desk', enabled: false });
  await insertAgent(db, { ...agent, slug: 'bare-desk' });
  await insertAgent(db, {
    ...agent,
    organizationId: await insertOrganization(db, 'Another clinic'),
    slug: 'other-desk',
  });
  await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Consultation',
    eventType: 'consultation',
  });
});

function start(config: Parameters<typeof startTokenServer>[0] = {}): Promise<RunningTokenServer> {
  return startTokenServer({ findAgent: (slug) => findAgentBySlug(database.db, slug), ...config });
}

interface TokenAnswer {
  server_url: string;
  participant_token: string;
  room_name: string;
  agent: Record<string, unknown>;
}

async function ask(server: RunningTokenServer, body: unknown) {
  const response = await server.requestToken(body);
  expect(response.status).toBe(201);
  const answer = (await response.json()) as TokenAnswer;
  const claims = await verifier.verify(answer.participant_token);
  return { response, answer, claims };
}

describe('POST /api/token', () => {
  test('answers 201 with the address for browsers, a token, the room and the agent', async () => {
    await using server = await start();
    const { response, answer } = await ask(server, { agent: 'front-desk' });
    expect(answer).toEqual({
      server_url: 'wss://calls.example.com',
      participant_token: expect.any(String),
      room_name: expect.stringMatching(/^call-[0-9a-f]{32}$/),
      agent: {
        slug: 'front-desk',
        name: 'Front desk',
        business_name: 'Harbor Street Clinic',
        language: 'en',
        rehearsal: false,
      },
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toContain('application/json');
  });

  test('says that it is a rehearsal', async () => {
    await using server = await start({ config: { rehearsal: true } });
    const { answer, claims } = await ask(server, { agent: 'front-desk' });
    expect(answer.agent['rehearsal']).toBe(true);
    expect(JSON.stringify(claims)).not.toContain('rehearsal');
  });

  test('signs for two minutes, one room, microphone and data only', async () => {
    await using server = await start();
    const { answer, claims } = await ask(server, { agent: 'front-desk' });
    expect(claims.exp! - claims.nbf!).toBe(120);
    expect(Math.abs(claims.nbf! - Date.now() / 1000)).toBeLessThan(5);
    expect(claims.sub).toMatch(/^visitor-[0-9a-f]{16}$/);
    expect(claims.video).toEqual({
      room: answer.room_name,
      roomJoin: true,
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: true,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    });
    expect(Object.keys(claims).sort()).toEqual(
      ['exp', 'iss', 'nbf', 'roomConfig', 'sub', 'video'].sort(),
    );
  });

  test('dispatches our worker with the call metadata', async () => {
    await using server = await start();
    const { claims } = await ask(server, {
      agent: 'front-desk',
      participant_name: '  Mary Smith ',
      time_zone: 'America/Chicago',
    });
    expect(claims.name).toBe('Mary Smith');
    expect(claims.roomConfig).toMatchObject({
      emptyTimeout: 60,
      departureTimeout: 20,
      maxParticipants: 2,
      agents: [{ agentName: 'slotline-test' }],
    });
    expect(claims.roomConfig?.agents).toHaveLength(1);
    expect(parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '')).toEqual({
      v: 1,
      agentId,
      calendar: {
        provider: 'fake',
        eventType: 'consultation',
        timeZone: 'America/New_York',
      },
      caller: { name: 'Mary Smith', timeZone: 'America/Chicago' },
    });
  });

  test('dispatches for an agent without a calendar', async () => {
    await using server = await start();
    const { claims } = await ask(server, { agent: 'bare-desk' });
    const metadata = parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '');
    expect(metadata.calendar).toBeNull();
  });

  test('stays far below what proxies let through in a URL', async () => {
    await using server = await start();
    const { answer } = await ask(server, {
      agent: 'front-desk',
      participant_name: '\u{1f600}'.repeat(40),
      time_zone: 'America/Argentina/ComodRivadavia',
    });
    expect(answer.participant_token.length).toBeLessThan(2_000);
  });

  test('makes a fresh room and identity each time', async () => {
    await using server = await start();
    const rooms = new Set<string>();
    const identities = new Set<string | undefined>();
    for (let round = 0; round < 20; round += 1) {
      const { answer, claims } = await ask(server, { agent: 'front-desk' });
      rooms.add(answer.room_name);
      identities.add(claims.sub);
    }
    expect(rooms.size).toBe(20);
    expect(identities.size).toBe(20);
  });

  test('takes the slug from room_config, as LiveKit clients send it', async () => {
    await using server = await start();
    const { answer } = await ask(server, {
      room_config: { agents: [{ agent_name: 'front-desk' }] },
    });
    expect(answer.agent['slug']).toBe('front-desk');
  });

  test('takes null and empty values as not given, as some clients write them', async () => {
    await using server = await start();
    const { claims } = await ask(server, {
      agent: '',
      room_name: null,
      participant_name: ' ',
      time_zone: null,
      room_config: { name: null, agents: [{ agent_name: 'front-desk', metadata: null }] },
    });
    expect(claims).not.toHaveProperty('name');
    expect(parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '').caller).toEqual({});
  });

  test('ignores everything else a client asks for', async () => {
    await using server = await start();
    const { answer, claims } = await ask(server, {
      agent: 'front-desk',
      room_name: 'chosen-room',
      participant_identity: 'chosen-identity',
      participant_metadata: 'chosen-metadata',
      participant_attributes: { chosen: 'chosen-attribute' },
      metadata: 'chosen-metadata',
      rehearsal: { clock: '2020-01-01T00:00:00Z' },
      room_config: {
        name: 'chosen-room',
        empty_timeout: 86_400,
        max_participants: 1_000,
        metadata: 'chosen-metadata',
        egress: { room: { room_name: 'chosen-room' } },
        tags: { chosen: 'yes' },
        agents: [
          {
            agent_name: 'front-desk',
            metadata: '{"v":1,"rehearsal":{}}',
            deployment: 'chosen-deployment',
            attributes: { chosen: 'yes' },
          },
          { agent_name: 'chosen-worker', metadata: 'chosen-metadata' },
        ],
      },
      video: { roomAdmin: true, canUpdateOwnMetadata: true },
    });
    const seen = JSON.stringify([answer, claims]);
    expect(seen).not.toContain('chosen');
    expect(seen).not.toMatch(/"(?:clock|roomAdmin|egress)"/);
    expect(claims.roomConfig?.agents).toHaveLength(1);
    expect(claims.roomConfig?.maxParticipants).toBe(2);
  });

  test("answers livekit-client's own TokenSource.endpoint", async () => {
    await using server = await start();
    const fetched = await TokenSource.endpoint(`${server.url}/api/token`).fetch({
      agentName: 'front-desk',
      participantName: 'Mary Smith',
      roomName: 'chosen-room',
      participantIdentity: 'chosen-identity',
      participantMetadata: 'chosen-metadata',
      participantAttributes: { chosen: 'yes' },
      agentMetadata: 'chosen-metadata',
      deployment: 'chosen-deployment',
    });
    expect(fetched.serverUrl).toBe('wss://calls.example.com');
    const claims = await verifier.verify(fetched.participantToken);
    expect(claims.name).toBe('Mary Smith');
    expect(claims.video?.roomJoin).toBe(true);
    expect(JSON.stringify(claims)).not.toContain('chosen');
  });

  test('tells the worker whose calls to count, and nobody the address', async () => {
    await using server = await start({ config: { trustProxy: ['loopback'] } });
    const visitorOf = async (address: string | null, agent = 'front-desk') => {
      const headers = address === null ? {} : { 'X-Forwarded-For': address };
      const response = await server.requestToken({ agent }, headers);
      expect(response.status).toBe(201);
      const { participant_token: token } = (await response.json()) as TokenAnswer;
      const claims = await verifier.verify(token);
      expect(JSON.stringify(claims)).not.toContain(address ?? '127.0.0.1');
      return parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '').caller.visitor;
    };
    const one = await visitorOf('203.0.113.9');
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(await visitorOf('203.0.113.9')).toBe(one);
    expect(await visitorOf('203.0.113.10')).not.toBe(one);
    expect(await visitorOf('2001:db8:1:2::1')).toBe(await visitorOf('2001:db8:1:2::ffff'));
    expect(await visitorOf('203.0.113.9', 'other-desk')).not.toBe(one);
    // It may be a proxy's, and everybody's.
    expect(await visitorOf(null)).toBeUndefined();
  });

  test('answers 429 to a visitor who has as many calls open as one may have', async () => {
    const { db } = database;
    await using server = await start({
      config: { trustProxy: ['loopback'] },
      isVisitorAtLimit: (caller) => isVisitorAtLimit(db, caller, DEFAULT_CALL_LIMITS),
    });
    const headers = { 'X-Forwarded-For': '203.0.113.20' };
    const ticket = await server.requestToken({ agent: 'front-desk' }, headers);
    const { participant_token: token, room_name: roomName } = (await ticket.json()) as TokenAnswer;
    const claims = await verifier.verify(token);
    const { caller } = parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '');
    const { organizationId } = (await findAgentBySlug(db, 'front-desk')) ?? exampleAgent;
    const row = { organizationId, agentId, roomName, line: 'web' } as const;
    for (let call = 0; call < DEFAULT_CALL_LIMITS.callsPerVisitorAtOnce; call += 1) {
      expect((await server.requestToken({ agent: 'front-desk' }, headers)).status).toBe(201);
      await insertCall(db, { ...row, visitor: caller.visitor ?? null });
    }
    const refused = await server.requestToken({ agent: 'front-desk' }, headers);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({
      error: { code: 'too_many_requests', message: expect.stringContaining('open already') },
    });
    const other = { 'X-Forwarded-For': '203.0.113.21' };
    expect((await server.requestToken({ agent: 'front-desk' }, other)).status).toBe(201);
  });

  test('answers 404 for an agent that does not exist', async () => {
    await using server = await start();
    const response = await server.requestToken({ agent: 'nobody' });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'agent_not_found', message: 'There is no agent of this name.' },
    });
  });

  test('answers 409 for an agent that is disabled', async () => {
    await using server = await start();
    const response = await server.requestToken({ agent: 'closed-desk' });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({
      error: { code: 'agent_disabled', message: 'This agent takes no calls at present.' },
    });
  });

  test.for([
    '../front-desk',
    'front-desk\u0000',
    '%00',
    'Front-Desk',
    'front-desk ',
    'ｆront-desk',
    'front‐desk',
    "front-desk' or '1'='1",
    'a'.repeat(5_000),
    '\u202efront-desk',
    '\ud800',
    '__proto__',
    'constructor',
  ])('finds no agent by the name %j', async (slug) => {
    await using server = await start();
    const response = await server.requestToken({ agent: slug });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('front');
  });
});

describe('GET /api/agents/:slug', () => {
  test('answers what anybody may know, and no more', async () => {
    await using server = await start();
    const response = await fetch(`${server.url}/api/agents/front-desk`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      slug: 'front-desk',
      name: 'Front desk',
      business_name: 'Harbor Street Clinic',
      language: 'en',
      rehearsal: false,
    });
  });

  test.for([
    ['nobody', 404, 'agent_not_found'],
    ['closed-desk', 409, 'agent_disabled'],
    ['%00', 404, 'agent_not_found'],
    ['..%2ffront-desk', 404, 'agent_not_found'],
    ['front%E2%80%90desk', 404, 'agent_not_found'],
    ['%E0%A4%A', 400, 'invalid_request'],
  ] as const)('answers %s with %i %s', async ([slug, status, code]) => {
    await using server = await start();
    const response = await fetch(`${server.url}/api/agents/${slug}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});
