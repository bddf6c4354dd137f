import { DisconnectReason } from 'livekit-client';

import { TokenServerError } from '../token-server.ts';

/** Why there is no call, or no call any more. */
export type CallFailure =
  | { kind: 'agent-missing' | 'agent-disabled' | 'unreachable' | 'no-connection' }
  | { kind: 'too-many'; retryAfterSeconds: number | null }
  | { kind: 'no-agent' | 'connection-lost' | 'agent-left' | 'agent-failed' | 'joined-twice' };

/** What a refusal of the token server means for the visitor. */
export function refusalFailure(error: unknown): CallFailure {
  if (!(error instanceof TokenServerError)) return { kind: 'no-connection' };
  switch (error.status) {
    case 404:
      return { kind: 'agent-missing' };
    case 409:
      return { kind: 'agent-disabled' };
    case 429:
      return { kind: 'too-many', retryAfterSeconds: error.retryAfterSeconds };
    default:
      return { kind: 'unreachable' };
  }
}

/** True where the room was closed on purpose: the agent hung up, or the visitor did. */
export function endedOnPurpose(reason: DisconnectReason | undefined): boolean {
  return (
    reason === DisconnectReason.CLIENT_INITIATED ||
    reason === DisconnectReason.ROOM_DELETED ||
    reason === DisconnectReason.ROOM_CLOSED ||
    reason === DisconnectReason.PARTICIPANT_REMOVED
  );
}
