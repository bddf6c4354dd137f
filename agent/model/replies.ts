import { voice } from '@livekit/agents';
import type { Logger } from '../../runtime/logger.ts';
import { interrupt } from './interrupt.ts';

/** What the model is to answer, or to say. */
export type Reply = { userInput: string } | { instructions: string };

/** Milliseconds for the answer of a change to begin; then nobody waits for it any more. */
const ANSWER_DEADLINE = 15_000;

/**
 * Asks the model for replies, one after the other. While something is being changed, nothing
 * overtakes the answer to that: a line that a caller types or keys meanwhile is replied to after it,
 * or the model would ask about what is done already.
 */
export class Replies {
  readonly #session: Pick<voice.AgentSession, 'generateReply' | 'interrupt'>;
  readonly #logger: Logger;
  #changes = 0;
  /** Set from the end of a change until its answer begins. */
  #answer: NodeJS.Timeout | undefined;
  #waiting: Reply[] = [];

  constructor(
    session: Pick<voice.AgentSession, 'generateReply' | 'interrupt' | 'on'>,
    logger: Logger,
  ) {
    this.#session = session;
    this.#logger = logger;
    session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ source }) => {
      if (source === 'tool_response') this.#answerBegan();
    });
  }

  /** Whether a caller waits for the answer to a change. */
  get areHeld(): boolean {
    return this.#changes > 0 || this.#answer !== undefined;
  }

  /** Ends what the agent is saying, unless it must be heard. */
  quiet(): void {
    if (!this.areHeld) interrupt(this.#session);
  }

  /** Asks for a reply after what the agent is saying now. */
  say(reply: Reply): void {
    if (this.areHeld) this.#waiting.push(reply);
    else this.#generate(reply);
  }

  /**
   * Does something whose answer nothing may overtake.
   * @param change resolves with undefined where the model does not speak again
   */
  async during<T>(change: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    let isAnswered = true;
    try {
      const result = await change();
      isAnswered = result !== undefined;
      return result;
    } finally {
      this.#changes -= 1;
      if (isAnswered) {
        clearTimeout(this.#answer);
        this.#answer = setTimeout(() => this.#answerBegan(), ANSWER_DEADLINE).unref();
      } else this.#release();
    }
  }

  #answerBegan(): void {
    clearTimeout(this.#answer);
    this.#answer = undefined;
    // The reply to a change is in line by the end of this event, and not before.
    queueMicrotask(() => this.#release());
  }

  #release(): void {
    if (this.areHeld) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const reply of waiting) this.#generate(reply);
  }

  #generate(reply: Reply): void {
    try {
      this.#session.generateReply(reply);
    } catch (error) {
      // The session may be closing; nothing thrown here would be caught.
      this.#logger.warn({ err: error }, 'could not answer');
    }
  }
}
