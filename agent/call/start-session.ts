import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';

type SessionStart = Parameters<voice.AgentSession['start']>[0];

/** Where the framework's inspector listens in the room. */
const INSPECTOR_TOPIC = 'lk.agent.session';
/** As much of the inspector as the session calls. */
const DEAF_INSPECTOR = {
  registerSession: (): void => {},
  start: (): Promise<void> => Promise.resolve(),
  close: (): Promise<void> => Promise.resolve(),
  _onAmdPrediction: (): void => {},
};

/**
 * Starts a session without the framework's inspector. It listens to the participant who
 * is linked, here an anonymous visitor: it answers with the prompt, hands out the history and
 * interrupts by force. A deaf one stands in its place before the session begins.
 * @throws also when the inspector is not where this version of the framework keeps it
 */
export async function startSession(
  session: voice.AgentSession,
  options: Omit<SessionStart, 'record'> & { room: Room },
): Promise<void> {
  if (!Reflect.has(session, 'sessionHost')) {
    throw new Error('The session has no sessionHost: see where the framework has its inspector.');
  }
  Object.defineProperty(session, 'sessionHost', { get: () => DEAF_INSPECTOR, set: () => {} });
  await session.start({ ...options, record: false });
  // Refused where somebody listens there all the same.
  options.room.registerByteStreamHandler(INSPECTOR_TOPIC, () => {});
  options.room.unregisterByteStreamHandler(INSPECTOR_TOPIC);
}
