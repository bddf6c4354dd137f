import { setImmediate as nextTurn } from 'node:timers/promises';
import { concatenate, HEARING_RATE } from './audio-codec.ts';
import type { EarsPool } from './ears-pool.ts';
import type { Ears } from './mind/mind.ts';

/** Silence the recogniser wants after the last word (facts/rehearsal-voice.md), milliseconds. */
const TRAILING_SILENCE = 500;
/** Long recordings are decoded in pieces of this many samples, so that other sessions get their turn. */
const PIECE = (HEARING_RATE * 300) / 1000;

/** Listens to one turn: decodes while the caller speaks, and again from the start if he goes on after a pause. */
export class Hearing {
  readonly #pool: EarsPool;
  /** Borrowed when the caller first speaks: a greeting never waits for ears. */
  #borrowed: Ears | null = null;
  #grammar: string | null = null;
  #recorded: Int16Array[] = [];
  #transcript: string | null = null;

  constructor(pool: EarsPool) {
    this.#pool = pool;
  }

  async begin(grammar: string): Promise<void> {
    this.abandon();
    this.#borrowed ??= await this.#pool.take();
    this.#borrowed.begin(grammar);
    this.#grammar = grammar;
    this.#recorded = [];
    this.#transcript = null;
  }

  feed(samples: Int16Array): void {
    if (this.#grammar === null) return;
    this.#recorded.push(samples);
    if (this.#transcript === null) this.#ears.feed(samples);
  }

  /** What was said so far, taking it that nothing follows. `silence` is how long nothing was said, milliseconds. */
  conclude(silence: number): string {
    if (this.#grammar === null) return '';
    if (this.#transcript === null) {
      const missing = Math.max(0, TRAILING_SILENCE - silence);
      this.#ears.feed(new Int16Array((HEARING_RATE * missing) / 1000));
      this.#transcript = this.#ears.end();
    }
    return this.#transcript;
  }

  /** The caller goes on after all: listens again from the beginning of the turn. */
  async resume(): Promise<void> {
    if (this.#grammar === null || this.#transcript === null) return;
    this.#transcript = null;
    this.#ears.begin(this.#grammar);
    await this.#feedInPieces(concatenate(this.#recorded));
  }

  /** Hears a whole recording. */
  async transcribe(grammar: string, samples: Int16Array): Promise<string> {
    await this.begin(grammar);
    this.#recorded.push(samples);
    await this.#feedInPieces(samples);
    const transcript = this.conclude(0);
    this.abandon();
    return transcript;
  }

  /** Forgets the turn; the ears drop what they heard when they begin anew. */
  abandon(): void {
    this.#grammar = null;
    this.#recorded = [];
    this.#transcript = null;
  }

  /** Parts with ears that failed: nobody else shall get them. */
  discard(): void {
    const ears = this.#borrowed;
    this.#borrowed = null;
    this.abandon();
    ears?.close();
  }

  /** Ends listening and gives the ears back. */
  close(): void {
    const ears = this.#borrowed;
    this.abandon();
    this.#borrowed = null;
    if (ears !== null) this.#pool.giveBack(ears);
  }

  get #ears(): Ears {
    if (this.#borrowed === null) throw new Error('Listening has not begun');
    return this.#borrowed;
  }

  async #feedInPieces(samples: Int16Array): Promise<void> {
    for (let start = 0; start < samples.length; start += PIECE) {
      this.#ears.feed(samples.slice(start, start + PIECE));
      await nextTurn();
    }
  }
}
