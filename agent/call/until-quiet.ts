import type { voice } from '@livekit/agents';

/** Milliseconds between two looks. */
const LOOK_EVERY = 200;
/** Looks in a row: between a caller's last word and the answer to it nobody speaks either. */
const QUIET_LOOKS = 4;

export interface QuietOptions {
  session: Pick<voice.AgentSession, 'agentState' | 'userState'>;
  /** Whether something else is under way that nothing may break into. */
  isBusy: () => boolean;
  /** Milliseconds; then nobody waits any more. */
  deadline: number;
  signal?: AbortSignal;
}

/**
 * Resolves when neither of both speaks, nor anything else is under way: what is said then breaks into no
 * sentence.
 * @returns whether it became quiet in time
 * @throws {Error} aborted by the signal
 */
export async function untilQuiet(options: QuietOptions): Promise<boolean> {
  const { session, isBusy, deadline, signal } = options;
  let quiet = 0;
  for (let waited = 0; waited < deadline; waited += LOOK_EVERY) {
    const isTalking = ['speaking', 'thinking'].includes(session.agentState);
    quiet = isTalking || session.userState === 'speaking' || isBusy() ? 0 : quiet + 1;
    if (quiet >= QUIET_LOOKS) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    signal?.throwIfAborted();
  }
  return false;
}
