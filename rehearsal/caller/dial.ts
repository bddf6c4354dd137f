import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  AccessToken,
  RoomServiceClient,
  SIPOutboundTrunkInfo,
  SipClient,
} from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';

import { Caller } from './caller.ts';
import type { PhoneLine } from './phone-line.ts';
import type { Address } from '../set-up.ts';

/** How long a token may be used to join, in seconds. */
const tokenLifetime = 120;

/** How long a call may ring, in seconds. */
const ringing = 30;

/** How often and how long the agent's room is looked for, in milliseconds. */
const glance = 40;
const patience = 10_000;

/** A number that did not answer; the message says where to look. */
export class DialError extends Error {
  override readonly name = 'DialError';
}

/** Of whom the call comes: E.164, or null who withholds it. */
interface DialFrom {
  number: string | null;
}

/**
 * Calls a number from a room of the caller's own: LiveKit SIP sends an INVITE to itself, so that the line is real SIP and
 * RTP in both directions (G.711), with one program at both ends. An observer whom nobody sees reads along in the room
 * of the agent.
 *
 * @returns the caller, and the room where the agent is.
 * @throws DialError when nothing came of it.
 */
export async function dial(
  line: PhoneLine,
  { number }: DialFrom,
  address: Address,
): Promise<{ caller: Caller; roomName: string }> {
  const { livekitUrl: url, livekitApiKey: key, livekitApiSecret: secret } = address;
  const web = url.replace(/^ws/, 'http');
  const rooms = new RoomServiceClient(web, key, secret);
  const sip = new SipClient(web, key, secret);
  const room = `caller-${randomBytes(9).toString('base64url')}`;
  const tokenFor = async (grant: VideoGrant): Promise<string> => {
    const identity = `rehearsal-${randomBytes(9).toString('base64url')}`;
    const token = new AccessToken(key, secret, { identity, ttl: tokenLifetime });
    token.addGrant({ roomJoin: true, canSubscribe: true, ...grant });
    return token.toJwt();
  };
  const token = await tokenFor({ room, canPublish: true, canPublishData: true });
  const caller = await Caller.join({ url, token }, { line: 'phone' });
  // The transport is left to LiveKit, which takes UDP.
  const { sipTrunkId } = await sip.createSipOutboundTrunk(
    room,
    `127.0.0.1:${line.sipPort}`,
    [number ?? 'anonymous'],
    { transport: new SIPOutboundTrunkInfo().transport },
  );
  caller.onHangUp = async () => {
    await rooms.deleteRoom(room);
    await sip.deleteSipTrunk(sipTrunkId);
  };
  try {
    const placed = sip.createSipParticipant(sipTrunkId, line.number, room, {
      participantIdentity: 'line',
      ringingTimeout: ringing,
      hidePhoneNumber: true,
    });
    const [roomName] = await Promise.all([findRoom(rooms, line.number), placed]);
    const grant = { room: roomName, hidden: true, canPublish: false, canPublishData: false };
    await caller.observe({ url, token: await tokenFor(grant) });
    return { caller, roomName };
  } catch (cause) {
    await caller.hangUp();
    if (cause instanceof DialError) throw cause;
    throw new DialError(
      `the call could not be placed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** LiveKit names the room after the number that was called, which is one call's alone. */
async function findRoom(rooms: RoomServiceClient, number: string): Promise<string> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const found = (await rooms.listRooms()).find(({ name }) => name.includes(number.slice(1)));
    if (found) return found.name;
    await pause(glance);
  }
  throw new DialError(
    'no room opened for the call: see the log of LiveKit SIP for how it answered the INVITE',
  );
}
