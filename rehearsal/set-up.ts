import { randomBytes } from 'node:crypto';

import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';

import { serializeCallMetadata } from '../booking/call-metadata.ts';
import { findAgentBySlug, insertAgent } from '../db/agents.ts';
import type { Agent, NewAgent } from '../db/agents.ts';
import { insertBookingEvent } from '../db/booking-events.ts';
import { insertCalendarConnection } from '../db/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { insertOrganization } from '../db/organizations.ts';
import type { InlineAgent, Scenario } from './scenario-schema.ts';
import { insertStandingBookings } from './standing-bookings.ts';
import type { StandingBooking } from './standing-bookings.ts';

/** The zone of a scenario's calendar unless it names one. */
const defaultTimeZone = 'America/New_York';

/** What a rehearsal's calendar offers unless the agent has events of its own. */
const defaultEvent = 'Appointment';

/** How long a token may be used to join, in seconds. */
const tokenLifetime = 120;

/** What a caller needs to dial, and where the call's traces will be. */
export interface Appointed {
  url: string;
  token: string;
  roomName: string;
  /** The calendar's. */
  timeZone: string;
  /** The calendar connection when nobody but this call uses it. */
  ownConnectionId: string | null;
  /** What stood in that calendar before the call. */
  standing: StandingBooking[];
}

/** A scenario that the running parts cannot serve; the message says what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

/** The running parts as a caller needs to know them. */
export interface Address {
  /** Of the token server. */
  url: string;
  livekitUrl: string;
  livekitApiKey: string;
  livekitApiSecret: string;
  workerName: string;
  rehearsal: boolean;
}

interface SetUpParts {
  db: Database;
  address: Address;
  fetch?: typeof globalThis.fetch;
}

/**
 * Makes everything that a scenario describes and a token to join. A scenario that only names an agent dials like any
 * visitor, through the token server. Any other gets a token signed here, because a visitor's token never carries a
 * clock, faults or another calendar.
 *
 * @throws SetUpError when the agent is unknown, or the running worker was not started for rehearsal.
 */
export async function setUp(scenario: Scenario, parts: SetUpParts): Promise<Appointed> {
  const { db, address } = parts;
  const needsRehearsal = scenario.clock !== undefined || scenario.faults.length > 0;
  if (typeof scenario.agent === 'string' && scenario.calendar === undefined && !needsRehearsal) {
    return viaTokenServer(scenario, scenario.agent, parts);
  }
  if (needsRehearsal && !address.rehearsal) {
    throw new SetUpError(
      'clock and faults need a worker started for rehearsal: set SLOTLINE_REHEARSAL=1, or stop the running parts and let rehearse start its own',
    );
  }
  const served = await findOrMakeAgent(db, scenario);
  const roomName = `rehearsal-${randomBytes(9).toString('base64url')}`;
  const token = new AccessToken(address.livekitApiKey, address.livekitApiSecret, {
    identity: `visitor-${randomBytes(9).toString('base64url')}`,
    ttl: tokenLifetime,
    ...(scenario.caller.name === undefined ? {} : { name: scenario.caller.name }),
  });
  token.addGrant({
    roomJoin: true,
    room: roomName,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
  });
  token.roomConfig = new RoomConfiguration({
    agents: [
      new RoomAgentDispatch({
        agentName: address.workerName,
        metadata: metadataOf(scenario, served, needsRehearsal),
      }),
    ],
  });
  return {
    url: address.livekitUrl,
    token: await token.toJwt(),
    roomName,
    timeZone: served.calendar?.timeZone ?? defaultTimeZone,
    ownConnectionId: served.ownConnectionId,
    standing: served.standing,
  };
}

function metadataOf(scenario: Scenario, served: Served, needsRehearsal: boolean): string {
  const { caller, clock, faults } = scenario;
  return serializeCallMetadata({
    v: 1,
    agentId: served.agentId,
    calendar: served.calendar,
    caller: {
      ...(caller.timeZone === undefined ? {} : { timeZone: caller.timeZone }),
      ...(caller.name === undefined ? {} : { name: caller.name }),
    },
    ...(needsRehearsal ? { rehearsal: { ...(clock === undefined ? {} : { clock }), faults } } : {}),
  });
}

async function viaTokenServer(
  scenario: Scenario,
  slug: string,
  { db, address, fetch = globalThis.fetch }: SetUpParts,
): Promise<Appointed> {
  const response = await fetch(new URL('/api/token', address.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      agent: slug,
      ...(scenario.caller.name === undefined ? {} : { participant_name: scenario.caller.name }),
      ...(scenario.caller.timeZone === undefined ? {} : { time_zone: scenario.caller.timeZone }),
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 201) {
    throw new SetUpError(
      `the token server answered ${response.status} for the agent "${slug}": ${await response.text()}`,
    );
  }
  const answer = (await response.json()) as {
    server_url: string;
    participant_token: string;
    room_name: string;
  };
  const agent = await findAgentBySlug(db, slug);
  return {
    url: answer.server_url,
    token: answer.participant_token,
    roomName: answer.room_name,
    timeZone: agent?.calendar?.timeZone ?? defaultTimeZone,
    ownConnectionId: null,
    standing: [],
  };
}

interface Served {
  agentId: string;
  calendar: Agent['calendar'];
  ownConnectionId: string | null;
  standing: StandingBooking[];
}

/**
 * The agent a scenario calls. One that is described, or that gets another calendar, is made anew in an organization of
 * its own: an agent's calendar is a fact of its row, and rehearsals must not fill each other's days.
 */
async function findOrMakeAgent(db: Database, scenario: Scenario): Promise<Served> {
  let agent: Copied;
  if (typeof scenario.agent === 'string') {
    const known = await findAgentBySlug(db, scenario.agent);
    if (known === undefined) {
      throw new SetUpError(
        `there is no agent "${scenario.agent}": name one that exists, or describe it in the scenario`,
      );
    }
    if (scenario.calendar === undefined) {
      return { agentId: known.id, calendar: known.calendar, ownConnectionId: null, standing: [] };
    }
    agent = copied(known);
  } else {
    agent = described(scenario.agent);
  }
  const timeZone = scenario.calendar?.timeZone ?? defaultTimeZone;
  const name = `Rehearsal: ${scenario.name}`;
  const organizationId = await insertOrganization(db, name);
  const connectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'fake',
    name,
    timeZone,
    settings: { seed: scenario.calendar?.seed ?? 7, busy: scenario.calendar?.busy ?? [] },
  });
  const agentId = await insertAgent(db, {
    ...agent,
    organizationId,
    slug: `rehearsal-${randomBytes(6).toString('hex')}`,
  });
  const events = await insertEvents(db, scenario.agent, { organizationId, agentId, connectionId });
  const [event] = events;
  const standing = await insertStandingBookings(
    db,
    { organizationId, calendarConnectionId: connectionId, timeZone, ...event },
    scenario.calendar?.bookings ?? [],
  );
  return {
    agentId,
    calendar: { provider: 'fake', connectionId, timeZone, eventType: event.eventType },
    ownConnectionId: connectionId,
    standing,
  };
}

interface InsertedEvent {
  bookingEventId: string;
  eventType: string;
}

/** The first one is that of the appointments that stood before the call. */
async function insertEvents(
  db: Database,
  agent: Scenario['agent'],
  place: { organizationId: string; agentId: string; connectionId: string },
): Promise<[InsertedEvent, ...InsertedEvent[]]> {
  const described = typeof agent === 'string' ? undefined : agent;
  const insert = async (name: string, durationMinutes: number): Promise<InsertedEvent> => {
    const eventType = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const bookingEventId = await insertBookingEvent(db, {
      organizationId: place.organizationId,
      agentId: place.agentId,
      calendarConnectionId: place.connectionId,
      name,
      eventType,
      durationMinutes,
    });
    return { bookingEventId, eventType };
  };
  const [first, ...others] = described?.events ?? [];
  const inserted: [InsertedEvent, ...InsertedEvent[]] = [
    await insert(first?.name ?? defaultEvent, first?.minutes ?? described?.durationMinutes ?? 30),
  ];
  for (const { name, minutes } of others) inserted.push(await insert(name, minutes));
  return inserted;
}

type Copied = Omit<NewAgent, 'organizationId' | 'slug'>;

function described(agent: InlineAgent): Copied {
  return {
    name: agent.name,
    businessName: agent.business,
    instructions: agent.instructions,
    language: agent.language,
    ...(agent.voice === undefined ? {} : { voice: agent.voice }),
  };
}

function copied(agent: Agent): Copied {
  const { name, businessName, instructions, language, voice } = agent;
  return { name, businessName, instructions, language, voice };
}
