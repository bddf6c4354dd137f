import { voice } from '@livekit/agents';
import { asksToWait } from './asks-to-wait.ts';

const AGAIN_AFTER = 12_000;
/** Milliseconds for which nobody asks a caller who wanted us to wait. */
const PATIENCE = 75_000;
/** Milliseconds from a caller's last words for which typing alone keeps a call. */
const LONGEST_TYPING = 240_000;
const ASK = {
  web: 'The caller has been silent for a while. In one short sentence, in the language of the call, ask whether they are still there.',
  phone:
    'Nothing has been heard from the caller for a while. In one short sentence, in the language of the call, say that you cannot hear them and ask whether they are still there.',
};
const GOODBYE =
  'The caller has been silent for too long. In the language of the call, say that you will hang up now, and goodbye.';
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
 * nobody is in costs money and holds a line. So ends a call whose sound comes one way only. A caller who
 * asked for patience has it, whatever the model makes of it.
 */
export class SilenceWatch {
  readonly #session: WatchedSession;
  readonly #options: SilenceWatchOptions;
  #asked = 0;
  /** Of `performance.now()`. */
  #lastSign = -Infinity;
  /** Of `performance.now()`: the caller wanted us to wait. */
  #waitsUntil = -Infinity;
  /** When something came of the caller's being there: words, a line, a key. */
  #lastWords = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: WatchedSession, options: SilenceWatchOptions) {
    this.#session = session;
    this.#options = options;
    session.on(voice.AgentSessionEventTypes.UserStateChanged, this.#onUserState);
    session.on(voice.AgentSessionEventTypes.UserInputTranscribed, this.#onTranscript);
    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, this.#onItem);
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
    this.#session.off(voice.AgentSessionEventTypes.UserInputTranscribed, this.#onTranscript);
    this.#session.off(voice.AgentSessionEventTypes.ConversationItemAdded, this.#onItem);
  }

  readonly #onUserState = ({ newState }: voice.UserStateChangedEvent): void => {
    clearTimeout(this.#timer);
    if (newState === 'away') this.#ask();
    else if (newState === 'speaking') {
      this.#asked = 0;
      this.#lastWords = performance.now();
    }
  };

  readonly #onTranscript = ({ transcript, isFinal }: voice.UserInputTranscribedEvent): void => {
    if (isFinal) this.#hear(transcript);
  };

  /** What is typed comes as an item alone. */
  readonly #onItem = ({ item }: voice.ConversationItemAddedEvent): void => {
    if (item.type === 'message' && item.role === 'user') this.#hear(item.textContent ?? '');
  };

  /** "One moment, please" holds until it is over, or until they say something else. */
  #hear(words: string): void {
    if (words.trim() === '') return;
    this.#waitsUntil = asksToWait(words) ? performance.now() + PATIENCE : -Infinity;
  }

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
    const due = Math.max(this.#lastSign + AGAIN_AFTER, this.#waitsUntil) - performance.now();
    if (due > 0) {
      this.#askAfter(due);
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
