import { voice } from '@livekit/agents';
import type { SpokenLanguage } from '../../booking/languages/spoken-language.ts';
import type { Logger } from '../../runtime/logger.ts';
import { sayMeanwhile } from './prompt.ts';

/** Milliseconds for which a tool may be silent. */
const SILENT_FOR = 800;
/** Milliseconds, after words of the model's own: "let me look" needs no second one at once. */
const AFTER_WORDS = 4_000;
/** Milliseconds before a tool in which words belong to it. */
const JUST_SAID = 1_500;

type Session = Pick<
  voice.AgentSession,
  'agentState' | 'generateReply' | 'off' | 'on' | 'userState'
>;

/**
 * Says "one moment" where a caller would hear nothing of a tool for longer than 800 ms: once a tool, and
 * never beside words of the model's own. The model says it itself, in its own voice, and it is as short as a
 * breath: what the tool answers waits for no more. Asked for and not begun when the tool ends, it is not
 * said at all.
 */
export class Filler {
  readonly #session: Session;
  readonly #logger: Logger;
  readonly #language: Pick<SpokenLanguage, 'sentences'>;
  /** Of `performance.now()`. */
  #spokeUntil = -Infinity;

  /** @param options.language of the call, whichever it comes to */
  constructor(
    session: Session,
    options: { language: Pick<SpokenLanguage, 'sentences'>; logger: Logger },
  ) {
    this.#session = session;
    this.#logger = options.logger;
    this.#language = options.language;
    session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ oldState }) => {
      if (oldState === 'speaking') this.#spokeUntil = performance.now();
    });
  }

  /**
   * Does something that a caller waits for.
   * @param isHeard whether it waits itself for what the caller is hearing; never unless given
   */
  async during<T>(work: () => Promise<T>, isHeard: () => boolean = () => false): Promise<T> {
    const begun = performance.now();
    let timer = setTimeout(look.bind(this), SILENT_FOR);
    let said: voice.SpeechHandle | null = null;
    function look(this: Filler): void {
      const wait = isHeard() ? SILENT_FOR : this.#wait(begun);
      if (wait > 0) timer = setTimeout(look.bind(this), wait);
      else said = this.#say();
    }
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#takeBack(said);
    }
  }

  /** Milliseconds until it may be said. */
  #wait(begun: number): number {
    if (this.#session.agentState === 'speaking') return AFTER_WORDS;
    if (this.#session.userState === 'speaking') return SILENT_FOR;
    const isToldOf = this.#spokeUntil > begun - JUST_SAID;
    return isToldOf ? this.#spokeUntil + AFTER_WORDS - performance.now() : 0;
  }

  #say(): voice.SpeechHandle | null {
    try {
      const { oneMoment } = this.#language.sentences.call;
      return this.#session.generateReply({ instructions: sayMeanwhile(oneMoment) });
    } catch (error) {
      this.#logger.debug({ err: error }, 'could not say that it takes a moment');
      return null;
    }
  }

  /** What is not heard yet would only stand before the answer; what is being said is short. */
  #takeBack(said: voice.SpeechHandle | null): void {
    if (said === null || said.done() || this.#session.agentState === 'speaking') return;
    try {
      said.interrupt();
    } catch {
      // It must be heard.
    }
  }
}
