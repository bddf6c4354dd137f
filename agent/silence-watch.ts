import { voice } from '@livekit/agents';

const AGAIN_AFTER = 12_000;
const ASK = {
  web: 'The caller has been silent for a while. In one short sentence, ask whether they are still there.',
  phone:
    'Nothing has been heard from the caller for a while. In one short sentence, say that you cannot hear them and ask whether they are still there.',
};
const GOODBYE =
  'The caller has been silent for too long. Say that you will hang up now, and goodbye.';

export interface SilenceWatch {
  /** The caller gave a sign other than speech. */
  present: () => void;
  stop: () => void;
}

/**
 * Asks twice whether a silent caller is still there, then says goodbye and hangs up: a call that
 * nobody is in costs money and holds a line. So ends a call whose sound comes one way only.
 */
export function watchSilence(
  session: voice.AgentSession,
  {
    line,
    isBusy,
    onGone,
  }: {
    line: keyof typeof ASK;
    /** Whether the caller waits for us: for a booking, or for a person whose phone rings. */
    isBusy: () => boolean;
    onGone: (reason: string) => void;
  },
): SilenceWatch {
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;

  const prompt = async (): Promise<void> => {
    if (isBusy()) {
      timer = setTimeout(ask, AGAIN_AFTER);
      return;
    }
    asked += 1;
    const speech = session.generateReply({ instructions: asked > 2 ? GOODBYE : ASK[line] });
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
  return {
    present: () => {
      clearTimeout(timer);
      asked = 0;
    },
    stop: () => {
      clearTimeout(timer);
      session.off(voice.AgentSessionEventTypes.UserStateChanged, onUserState);
    },
  };
}
