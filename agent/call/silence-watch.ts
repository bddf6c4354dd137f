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
const SILENT = 'The caller was silent.';

type WatchedSession = Pick<
  voice.AgentSession,
  'agentState' | 'generateReply' | 'off' | 'on' | 'userState'
>;

export interface SilenceWatchOptions {
  line: keyof typeof ASK;
  /** Whether the caller waits for us: for a booking, or for a person whose phone rings. */
  isBusy: () => boolean;
  onGone: (reason: string) => void;
}

/**
 * Asks twice whether a silent caller is still there, then says goodbye and hangs up: a call that
 * nobody is in costs money and holds a line. So ends a call whose sound comes one way only.
 */
export class SilenceWatch {
  readonly #session: WatchedSession;
  readonly #options: SilenceWatchOptions;
  #asked = 0;
  /** Of `performance.now()`. */
  #lastSign = -Infinity;
  /** When something came of the caller's being there: words, a line, a key. */
  #lastWords = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: WatchedSession, options: SilenceWatchOptions) {
    this.#session = session;
    this.#options = options;
    session.on(voice.AgentSessionEventTypes.UserStateChanged, this.#onUserState);
  }

  /** The caller gave a sign other than speech: a line, a key. */
  present(): void {
    this.#sign();
    this.#lastWords = this.#lastSign;
  }

  /** The caller is typing something: a sign for as long as it may take. */
  typing(): void {
    if (performance.now() - this.#lastWords < LONGEST_TYPING) this.#sign();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#session.off(voice.AgentSessionEventTypes.UserStateChanged, this.#onUserState);
  }

  readonly #onUserState = ({ newState }: voice.UserStateChangedEvent): void => {
    clearTimeout(this.#timer);
    if (newState === 'away') this.#ask();
    else if (newState === 'speaking') {
      this.#asked = 0;
      this.#lastWords = performance.now();
    }
  };

  #sign(): void {
    this.#lastSign = performance.now();
    this.#asked = 0;
  }

  #askAfter(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), milliseconds);
  }

  #ask(): void {
    this.#prompt().catch(() => this.#options.onGone(SILENT));
  }

  async #prompt(): Promise<void> {
    const quietFor = performance.now() - this.#lastSign;
    if (quietFor < AGAIN_AFTER) {
      this.#askAfter(AGAIN_AFTER - quietFor);
      return;
    }
    // To the framework a caller who types or presses keys stays away, also while we answer them.
    if (this.#options.isBusy() || this.#session.agentState === 'speaking') {
      this.#askAfter(AGAIN_AFTER);
      return;
    }
    this.#asked += 1;
    const instructions = this.#asked > 2 ? GOODBYE : ASK[this.#options.line];
    await this.#session.generateReply({ instructions }).waitForPlayout();
    // A caller who spoke up meanwhile has set it back.
    if (this.#asked > 2) this.#options.onGone(SILENT);
    else if (this.#session.userState === 'away') this.#askAfter(AGAIN_AFTER);
  }
}
