import { voice } from '@livekit/agents';
import type { CallRecord, MarkKind } from '../../calls/call-record.ts';
import { sayExactly } from '../model/prompt.ts';
import type { Replies } from '../model/replies.ts';

/** How often the clause is asked for, beside the greeting. */
const MOST_TRIES = 2;

/** When a clause was said. */
export type WhenSaid = 'greeting' | 'later' | 'missing' | 'off';

export interface HeardClauseOptions {
  /** As the agent says it where it was not heard. */
  clause: string;
  /** Whether words say it. */
  says: (words: string) => boolean;
  /** Whether it has to be said at all. */
  isWanted: boolean;
  /** Whether it is true no more: then it is not said. */
  isOver?: () => boolean;
  /** Under which it is on record. */
  kind: MarkKind;
  record: Pick<CallRecord, 'mark'>;
  replies: Pick<Replies, 'say'>;
  /** The caller has heard it; what was heard before counts too. */
  onHeard?: () => void;
}

/**
 * Sees to it that a caller hears a clause that belongs to the greeting: one that is broken off, or that the
 * model says in other words, is made good after the next answer. What became of it is on the call's
 * record: `greeting`, `later`, `missing` or `off`.
 */
export class HeardClause {
  readonly #options: HeardClauseOptions;
  #isOpen: boolean;
  #turns = 0;
  #tries = 0;

  constructor(options: HeardClauseOptions) {
    this.#options = options;
    this.#isOpen = options.isWanted;
    if (!this.#isOpen) this.#mark('off');
  }

  /** Listens to what is said; what was heard before counts too. */
  follow(session: Pick<voice.AgentSession, 'on'>, heardBefore: readonly string[] = []): void {
    const { says, onHeard } = this.#options;
    if (this.#isOpen && heardBefore.some((words) => says(words))) {
      this.#isOpen = false;
      onHeard?.();
    }
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
    const { says, clause, replies, onHeard, isOver } = this.#options;
    this.#turns += 1;
    if (isOver?.() === true) {
      this.#isOpen = false;
      return;
    }
    if (says(words)) {
      this.#isOpen = false;
      this.#mark(this.#turns === 1 ? 'greeting' : 'later');
      onHeard?.();
      return;
    }
    // Whoever broke in is answered first.
    if (isInterrupted || this.#tries >= MOST_TRIES) return;
    this.#tries += 1;
    replies.say({ instructions: sayExactly(clause) });
  }

  #mark(said: WhenSaid): void {
    this.#options.record.mark(this.#options.kind, { said });
  }
}
