import { voice } from '@livekit/agents';

const AGAIN_AFTER = 12_000;
/** Milliseconds from a caller's last words for which typing alone keeps a call. */
const LONGEST_TYPING = 240_000;
const ASK = {
  web: 'The caller has been silent for a while. In one short sentence, ask whether they are still there.',
  phone:
    'Nothing has been heard from the caller for a while. In one short sentence, say that you cannot hear them and ask whether they are still there.',
};
const GOODBYE =
  'The caller has been silent for too long. Say that you will hang up now, and goodbye.';

export interface SilenceWatch {
  /** The caller gave a sign other than speech: a line, a key. */
  present: () => void;
  /** The caller is typing something: a sign for as long as it may take. */
  typing: () => void;
  stop: () => void;
}

/**
 * Asks twice whether a silent caller is still there, then says goodbye and hangs up: a call that
 * nobody is in costs money and holds a line. So ends a call whose sound comes one way only.
 */
export function watchSilence(
  session: Pick<voice.AgentSession, 'agentState' | 'generateReply' | 'off' | 'on' | 'userState'>,
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
  let lastSign = -Infinity;
  /** When something came of the caller's being there: words, a line, a key. */
  let lastWords = performance.now();
  let timer: NodeJS.Timeout | undefined;

  const sign = (): void => {
    lastSign = performance.now();
    asked = 0;
  };
  const askAfter = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(ask, milliseconds);
  };
  const prompt = async (): Promise<void> => {
    const quietFor = performance.now() - lastSign;
    if (quietFor < AGAIN_AFTER) {
      askAfter(AGAIN_AFTER - quietFor);
      return;
    }
    // To the framework whoever types or presses keys stays away, also while we answer them.
    if (isBusy() || session.agentState === 'speaking') {
      askAfter(AGAIN_AFTER);
      return;
    }
    asked += 1;
    const speech = session.generateReply({ instructions: asked > 2 ? GOODBYE : ASK[line] });
    await speech.waitForPlayout();
    if (asked > 2) onGone('The caller was silent.');
    else if (session.userState === 'away') askAfter(AGAIN_AFTER);
  };
  const ask = (): void => {
    prompt().catch(() => onGone('The caller was silent.'));
  };
  const onUserState = (event: voice.UserStateChangedEvent): void => {
    clearTimeout(timer);
    if (event.newState === 'away') ask();
    else if (event.newState === 'speaking') {
      asked = 0;
      lastWords = performance.now();
    }
  };
  session.on(voice.AgentSessionEventTypes.UserStateChanged, onUserState);
  return {
    present: () => {
      sign();
      lastWords = lastSign;
    },
    typing: () => {
      if (performance.now() - lastWords < LONGEST_TYPING) sign();
    },
    stop: () => {
      clearTimeout(timer);
      session.off(voice.AgentSessionEventTypes.UserStateChanged, onUserState);
    },
  };
}
