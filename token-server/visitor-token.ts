import { randomBytes } from 'node:crypto';
import { AccessToken, RoomAgentDispatch, RoomConfiguration, TrackSource } from 'livekit-server-sdk';

/** Seconds in which a visitor must have joined; a call goes on after them. */
const TIME_TO_JOIN = 120;

export interface TokenSigner {
  apiKey: string;
  apiSecret: string;
  /** The LiveKit agent name of our worker. */
  workerName: string;
}

export interface VisitorToken {
  token: string;
  roomName: string;
}

/**
 * Signs a token for one visitor in a fresh room, where our worker is dispatched to. The token is
 * signed and not encrypted, and travels in a URL: its holder reads `callMetadata`.
 */
export async function signVisitorToken(
  signer: TokenSigner,
  visitor: { name?: string | undefined; callMetadata: string },
): Promise<VisitorToken> {
  const random = randomBytes(24).toString('hex');
  const roomName = `call-${random.slice(0, 32)}`;
  const token = new AccessToken(signer.apiKey, signer.apiSecret, {
    identity: `visitor-${random.slice(32)}`,
    ttl: TIME_TO_JOIN,
    ...(visitor.name === undefined ? {} : { name: visitor.name }),
  });
  token.addGrant({
    roomJoin: true,
    room: roomName,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE],
    canPublishData: true,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
  token.roomConfig = new RoomConfiguration({
    // Seconds: a room that nobody reached is gone soon, one that was left outlives a reconnect.
    emptyTimeout: 60,
    departureTimeout: 20,
    // Agents are not counted: the visitor, and a person who listens in or takes over.
    maxParticipants: 2,
    agents: [
      new RoomAgentDispatch({ agentName: signer.workerName, metadata: visitor.callMetadata }),
    ],
  });
  return { token: await token.toJwt(), roomName };
}
