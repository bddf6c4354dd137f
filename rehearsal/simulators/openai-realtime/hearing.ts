import { concatenate } from './audio-codec.ts';
import type { Ears, Listening } from './mind/mind.ts';

/** Listens to one turn, and again to the whole of it if the caller goes on after a pause. */
export class Hearing {
  readonly #ears: Ears;
  #listening: Listening | null = null;
  #recorded: Int16Array[] = [];
  #voiced = 0;
  #asked: { transcript: Promise<string>; aborted: AbortController } | null = null;

  constructor(ears: Ears) {
    this.#ears = ears;
  }

  begin(listening: Listening): void {
    this.abandon();
    this.#listening = listening;
  }

  /** @param voiced how much of it is voice, milliseconds */
  feed(samples: Int16Array, voiced: number): void {
    if (this.#listening === null) return;
    this.#recorded.push(samples);
    this.#voiced += voiced;
  }

  /** What was said so far, taking it that nothing follows. */
  async conclude(): Promise<string> {
    if (this.#listening === null) return '';
    if (this.#asked === null) {
      const aborted = new AbortController();
      const utterance = { samples: concatenate(this.#recorded), voiced: this.#voiced };
      const transcript = this.#ears.hear(utterance, this.#listening, aborted.signal);
      this.#asked = { transcript, aborted };
    }
    return await this.#asked.transcript;
  }

  /** Begins to listen before it is certain that nothing follows: the words are known the sooner. */
  concludeAhead(): void {
    // Whether it failed is seen by whoever wants to know what was said.
    this.conclude().catch(() => undefined);
  }

  /** The caller goes on after all: what was said so far is only the beginning. */
  resume(): void {
    this.#asked?.aborted.abort();
    this.#asked = null;
  }

  /** Forgets the turn. */
  abandon(): void {
    this.resume();
    this.#listening = null;
    this.#recorded = [];
    this.#voiced = 0;
  }
}
