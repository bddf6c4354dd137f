import { randomBytes } from 'node:crypto';

import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';

import { serializeCallMetadata } from '../calls/call-metadata.ts';
import type { Providers } from '../calendar/providers.ts';
import { findAgentBySlug } from '../db/agents.ts';
import type { AgentContent } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import { transport } from '../runtime/http-transport.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import type { Scenario } from './scenario/scenario-schema.ts';
import { DEFAULT_TIME_ZONE, findOrMakeAgent } from './served-agent.ts';
import type { Served } from './served-agent.ts';
import { SetUpError } from './set-up-error.ts';
import { listStandingBookings } from './grade/standing-bookings.ts';
import type { StandingBooking } from './grade/standing-bookings.ts';

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

/** The running parts as a caller needs to know them. */
export interface Address {
  /** Of the token server. */
  url: string;
  livekitUrl: string;
  livekitApiKey: string;
  livekitApiSecret: string;
  workerName: string;
  rehearsal: boolean;
  /** Base64 of 32 bytes. */
  masterKey: string;
  providers: Providers;
  /** Where LiveKit SIP listens; absent when no phone is answered. */
  phone?: { sipPort: number } | undefined;
}

type Rehearsal = Pick<Scenario, 'clock' | 'faults'> & { isSilent: boolean };

export interface SetUpParts {
  db: Database;
  address: Address;
  fetch?: Fetch;
  /** The agent shall neither listen nor speak: words alone go to and fro. */
  isSilent?: boolean;
  /** Answers in place of the agent that the scenario names or describes. */
  drafted?: AgentContent | undefined;
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
  const rehearsal = rehearsalOf(scenario, parts);
  const named = parts.drafted === undefined ? scenario.agent : undefined;
  if (typeof named === 'string' && scenario.calendar === undefined && !rehearsal) {
    return viaTokenServer(scenario, named, parts);
  }
  const served = await findOrMakeAgent(db, scenario, parts.drafted);
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
        metadata: metadataOf(scenario, served, rehearsal),
      }),
    ],
  });
  return {
    url: address.livekitUrl,
    token: await token.toJwt(),
    roomName,
    timeZone: served.calendar?.timeZone ?? DEFAULT_TIME_ZONE,
    ownConnectionId: served.ownConnectionId,
    standing: served.standing,
  };
}

/**
 * What the dispatch asks of a worker started for rehearsal; undefined when the scenario needs none.
 *
 * @throws SetUpError when the running worker was not started for it.
 */
export function rehearsalOf(
  { clock, faults }: Scenario,
  {
    address,
    isSilent = false,
  }: Pick<SetUpParts, 'isSilent'> & { address: Pick<Address, 'rehearsal'> },
): Rehearsal | undefined {
  if (clock === undefined && faults.length === 0 && !isSilent) return undefined;
  if (address.rehearsal) return { ...(clock === undefined ? {} : { clock }), faults, isSilent };
  throw new SetUpError(
    'a clock, faults and a call by text need a worker started for rehearsal: set SLOTLINE_REHEARSAL=1, or stop the running parts and let rehearse start its own',
  );
}

function metadataOf(
  { caller }: Scenario,
  served: Served,
  rehearsal: Rehearsal | undefined,
): string {
  return serializeCallMetadata({
    v: 1,
    agentId: served.agentId,
    calendar: served.calendar,
    caller: {
      ...(caller.timeZone === undefined ? {} : { timeZone: caller.timeZone }),
      ...(caller.name === undefined ? {} : { name: caller.name }),
    },
    ...(rehearsal === undefined ? {} : { rehearsal }),
  });
}

async function viaTokenServer(
  scenario: Scenario,
  slug: string,
  { db, address, fetch = transport }: SetUpParts,
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
    timeZone: agent?.calendar?.timeZone ?? DEFAULT_TIME_ZONE,
    ownConnectionId: null,
    standing: agent ? await listStandingBookings(db, agent.organizationId) : [],
  };
}
