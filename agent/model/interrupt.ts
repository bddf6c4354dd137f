import type { voice } from '@livekit/agents';

/** Stops what the agent is saying, unless it must be heard: while it books, for one. */
export function interrupt(session: Pick<voice.AgentSession, 'interrupt'>): void {
  try {
    session.interrupt();
  } catch {
    // What is said now goes on; what the caller did is answered after it.
  }
}
