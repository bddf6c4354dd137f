import { voice } from '@livekit/agents';

const AGAIN_AFTER = 12_000;
const ASK =
  'The caller has been silent for a while. In one short sentence, ask whether they are still there.';
const GOODBYE =
  'The caller has been silent for too long. Say that you will hang up now, and goodbye.';

/**
 * Asks twice whether a silent caller is still there, then says goodbye and hangs up: a call that
 * nobody is in costs money and holds a line.
 *
 * @returns a function that stops watching
 */
export function watchSilence(
  session: voice.AgentSession,
  onGone: (reason: string) => void,
): () => void {
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;

  const prompt = async (): Promise<void> => {
    asked += 1;
    const speech = session.generateReply({ instructions: asked > 2 ? GOODBYE : ASK });
    await speech.waitForPlayout();
    if (asked > 2) onGone('The caller was silent.');
    else if (session.userState === 'away') timer = setTimeout(ask, AGAIN_AFTER);
  };
  const ask = (): void => {
    prompt().catch(() => onGone('The caller was silent.'));
  };
  const onUserState = (event: voice.UserStateChangedEvent): void => {
    clearTimeout(timer);
    if (event.newState === 'away') ask();
    else if (event.newState === 'speaking') asked = 0;
  };
  session.on(voice.AgentSessionEventTypes.UserStateChanged, onUserState);
  return () => {
    clearTimeout(timer);
    session.off(voice.AgentSessionEventTypes.UserStateChanged, onUserState);
  };
}
