import type { voice } from '@livekit/agents';

type SessionStart = Parameters<voice.AgentSession['start']>[0];

/**
 * Starts a session without the framework's inspector. It listens in the room to whoever is
 * linked, which here is an anonymous visitor: it answers with the prompt, hands out the history and
 * interrupts by force.
 * @throws also when the inspector is not where this version of the framework keeps it
 */
export async function startSession(
  session: voice.AgentSession,
  options: Omit<SessionStart, 'record'>,
): Promise<void> {
  if (!Reflect.has(session, 'sessionHost')) {
    throw new Error('The session has no sessionHost: see where the framework has its inspector.');
  }
  await session.start({ ...options, record: false });
  const inspector = Reflect.get(session, 'sessionHost') as
    | { close: () => Promise<void> }
    | undefined;
  await inspector?.close();
}
