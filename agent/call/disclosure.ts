import { voice } from '@livekit/agents';
import type { Agent } from '../../db/agents.ts';
import type { CallRecord } from '../../calls/call-record.ts';
import { sayExactly } from '../model/prompt.ts';
import type { Replies } from '../model/replies.ts';
import { phrasesIn } from '../model/set-phrases.ts';
import { saysItIsAi } from './opening.ts';

/** How often the clause is asked for, beside the greeting. */
const MOST_TRIES = 2;

export interface DisclosureOptions {
  agent: Pick<Agent, 'businessName' | 'disclosesAi' | 'language'>;
  record: Pick<CallRecord, 'mark'>;
  replies: Pick<Replies, 'say'>;
}

/**
 * Sees to it that a caller hears that they speak with an AI, as the EU's AI Act asks (Art. 50): a greeting
 * that is broken off, or that the model says in other words, is made good after the next answer. What
 * became of it is on the call's record: `greeting`, `later`, `missing` or `off`.
 */
export class Disclosure {
  readonly #options: DisclosureOptions;
  #isOpen: boolean;
  #turns = 0;
  #tries = 0;

  constructor(options: DisclosureOptions) {
    this.#options = options;
    this.#isOpen = options.agent.disclosesAi;
    if (!this.#isOpen) this.#mark('off');
  }

  /** Listens to what is said; what was heard before counts too. */
  follow(session: Pick<voice.AgentSession, 'on'>, heardBefore: readonly string[] = []): void {
    if (heardBefore.some((words) => this.#says(words))) this.#isOpen = false;
    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.type !== 'message' || item.role !== 'assistant' || !this.#isOpen) return;
      this.#heard(item.textContent ?? '', item.interrupted);
    });
  }

  /** The call is over. */
  close(): void {
    if (this.#isOpen) this.#mark('missing');
    this.#isOpen = false;
  }

  #heard(words: string, isInterrupted: boolean): void {
    this.#turns += 1;
    if (this.#says(words)) {
      this.#isOpen = false;
      this.#mark(this.#turns === 1 ? 'greeting' : 'later');
      return;
    }
    // Whoever broke in is answered first.
    if (isInterrupted || this.#tries >= MOST_TRIES) return;
    this.#tries += 1;
    const { isAi } = phrasesIn(this.#options.agent.language);
    this.#options.replies.say({ instructions: sayExactly(isAi) });
  }

  #says(words: string): boolean {
    return saysItIsAi(words, this.#options.agent.businessName);
  }

  #mark(said: 'greeting' | 'later' | 'missing' | 'off'): void {
    this.#options.record.mark('disclosure', { said });
  }
}
