import { AccessToken } from 'livekit-server-sdk';

export interface AgentTokenSigner {
  apiKey: string;
  apiSecret: string;
  /** The LiveKit agent name of our worker. */
  workerName: string;
}

const AGENT = 'agent-';

/** The identity under which the agent of a job joins its room. */
export function agentIdentity(jobId: string): string {
  return `${AGENT}${jobId}`;
}

/** The job of an agent, by its identity; null of anybody else. */
export function agentIdOf(identity: string): string | null {
  return identity.startsWith(AGENT) ? identity.slice(AGENT.length) : null;
}

/**
 * Signs what LiveKit hands out with a job (livekit/protocol, agent/token.go): a process that takes a call
 * over joins its room as the same participant. LiveKit's own is valid for an hour, and a call may be older.
 */
export function signAgentToken(
  { apiKey, apiSecret, workerName }: AgentTokenSigner,
  { id, roomName }: { id: string; roomName: string },
): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, {
    identity: agentIdentity(id),
    ttl: '10m',
    attributes: { 'lk.agent.name': workerName },
  });
  token.kind = 'agent';
  token.addGrant({
    roomJoin: true,
    agent: true,
    room: roomName,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: true,
    hidden: false,
  });
  return token.toJwt();
}
