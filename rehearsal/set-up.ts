import { randomBytes } from 'node:crypto';

import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';

import { serializeCallMetadata } from '../booking/call-metadata.ts';
import { findAgentBySlug, insertAgent } from '../db/agents.ts';
import { insertCalendarConnection } from '../db/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { insertOrganization } from '../db/organizations.ts';
import type { InlineAgent, Scenario } from './scenario-schema.ts';

/** The zone of a scenario's calendar unless it names one. */
const defaultTimeZone = 'America/New_York';

/** How long a token may be used to join, in seconds. */
const tokenLifetime = 120;

/** What a caller needs to dial, and where the call's traces will be. */
export interface Appointed {
  url: string;
  token: string;
  roomName: string;
  timeZone: string;
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

async function viaTokenServer(
  scenario: Scenario,
  slug: string,
  address: Address,
  fetch: typeof globalThis.fetch,
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
  return {
    url: answer.server_url,
    token: answer.participant_token,
    roomName: answer.room_name,
    timeZone: defaultTimeZone,
  };
}

async function insertInlineAgent(
  db: Database,
  agent: InlineAgent,
  calendar: { organizationId: string; connectionId: string },
): Promise<{ id: string; eventType: string }> {
  const eventType = 'appointment';
  const id = await insertAgent(db, {
    organizationId: calendar.organizationId,
    slug: `rehearsal-${randomBytes(6).toString('hex')}`,
    name: agent.name,
    businessName: agent.business,
    instructions: agent.instructions,
    language: agent.language,
    ...(agent.voice === undefined ? {} : { voice: agent.voice }),
    ...(agent.durationMinutes === undefined ? {} : { durationMinutes: agent.durationMinutes }),
    calendarConnectionId: calendar.connectionId,
    eventType,
  });
  return { id, eventType };
}

/**
 * Makes everything the scenario describes and a token to join. A scenario that only names an agent dials like any
 * visitor, through the token server. Any other gets a calendar of its own, and a token signed here, because a
 * visitor's token never carries a clock, faults or another calendar.
 *
 * @throws SetUpError when the agent is unknown, or the running worker was not started for rehearsal.
 */
export async function setUp(
  scenario: Scenario,
  parts: { db: Database; address: Address; fetch?: typeof globalThis.fetch },
): Promise<Appointed> {
  const { db, address } = parts;
  const needsRehearsal = scenario.clock !== undefined || scenario.faults.length > 0;
  if (typeof scenario.agent === 'string' && scenario.calendar === undefined && !needsRehearsal) {
    return viaTokenServer(scenario, scenario.agent, address, parts.fetch ?? globalThis.fetch);
  }
  if (needsRehearsal && !address.rehearsal) {
    throw new SetUpError(
      'clock and faults need a worker started for rehearsal: set SLOTLINE_REHEARSAL=1, or stop the running parts and let rehearse start its own',
    );
  }
  const known =
    typeof scenario.agent === 'string' ? await findAgentBySlug(db, scenario.agent) : undefined;
  if (typeof scenario.agent === 'string' && known === undefined) {
    throw new SetUpError(
      `there is no agent "${scenario.agent}": name one that exists, or describe it in the scenario`,
    );
  }
  const organizationId =
    known?.organizationId ?? (await insertOrganization(db, `Rehearsal: ${scenario.name}`));
  const timeZone = scenario.calendar?.timeZone ?? known?.calendar?.timeZone ?? defaultTimeZone;
  const reused = scenario.calendar === undefined ? known?.calendar?.connectionId : undefined;
  const connectionId =
    reused ??
    (await insertCalendarConnection(db, {
      organizationId,
      provider: 'fake',
      name: `Rehearsal: ${scenario.name}`,
      timeZone,
      settings: { seed: scenario.calendar?.seed ?? 7, busy: scenario.calendar?.busy ?? [] },
    }));
  const agent =
    known ??
    (await insertInlineAgent(db, scenario.agent as InlineAgent, { organizationId, connectionId }));
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
        metadata: serializeCallMetadata({
          v: 1,
          agentId: agent.id,
          calendar: {
            provider:
              known?.calendar?.provider === 'calcom' && reused !== undefined ? 'calcom' : 'fake',
            connectionId,
            eventType: agent.eventType,
            timeZone,
          },
          caller: {
            ...(scenario.caller.timeZone === undefined
              ? {}
              : { timeZone: scenario.caller.timeZone }),
            ...(scenario.caller.name === undefined ? {} : { name: scenario.caller.name }),
          },
          ...(needsRehearsal
            ? {
                rehearsal: {
                  ...(scenario.clock === undefined ? {} : { clock: scenario.clock }),
                  faults: scenario.faults.map(({ milliseconds, ...fault }) =>
                    milliseconds === undefined ? fault : { ...fault, milliseconds },
                  ),
                },
              }
            : {}),
        }),
      }),
    ],
  });
  return { url: address.livekitUrl, token: await token.toJwt(), roomName, timeZone };
}
