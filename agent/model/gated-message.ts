import type { ReadableStream } from 'node:stream/web';
import type { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { FalseSentence, SpokenText } from '../../booking/truth/spoken-text.ts';
import { BYTES_A_MILLISECOND } from './frame-cutter.ts';
import { GatedStream } from './gated-stream.ts';
import type { Piece } from './gated-stream.ts';

/** Nobody speaks so slowly: words that came explain no more sound than this, milliseconds a letter. */
const SLOWEST_SPEECH = 100;
/** Letters of a digit, when it is said. */
const LETTERS_A_DIGIT = 5;
/** A breath before the first word, and pauses, milliseconds. */
const LONGEST_BREATH = 800;

type Words = llm.MessageGeneration['textStream'] extends ReadableStream<infer T> ? T : never;

/** One message of the model, of which words and sound are let through as far as they are cleared. */
export class GatedMessage {
  readonly #text: SpokenText;
  readonly #onFalse: (falsehood: FalseSentence) => void;
  readonly #sounds: Piece[] = [];
  readonly #words: Piece[] = [];
  readonly #soundStream: GatedStream<AudioFrame>;
  readonly #wordStream: GatedStream<Words>;
  #received = 0;
  #isLate = false;
  #isStopped = false;
  /** When a player would fall silent, with the gate and without it. */
  #playedUntil = { gated: 0, bare: 0 };

  constructor(text: SpokenText, onFalse: (falsehood: FalseSentence) => void) {
    this.#text = text;
    this.#onFalse = onFalse;
    this.#wordStream = new GatedStream(this.#words, () => {});
    this.#soundStream = new GatedStream(this.#sounds, ({ at, milliseconds }) => {
      const { gated, bare } = this.#playedUntil;
      this.#playedUntil = {
        gated: Math.max(gated, performance.now()) + milliseconds,
        bare: Math.max(bare, at) + milliseconds,
      };
    });
  }

  /** Milliseconds of the sound that is cleared, whether or not it was let through by now. */
  get clearedSound(): number {
    const { clearedTo } = this.#text;
    const cleared = this.#sounds.filter(({ after }) => after <= clearedTo);
    return cleared.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  }

  /** The words that are cleared. */
  get clearedWords(): string {
    return this.#text.text.slice(0, this.#text.clearedTo).trim();
  }

  /** Whether sound came before its words: then a false sentence may have been heard. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Whether a sentence of it is false: nothing behind that is let through. */
  get isFalse(): boolean {
    return this.#text.falsehood !== null;
  }

  /** Milliseconds by which a caller hears the end of it later than without the gate. */
  get delay(): number {
    return this.#playedUntil.gated - this.#playedUntil.bare;
  }

  /** Words of the transcript came. */
  takeWords(delta: string): void {
    this.#text.add(delta);
    this.#words.push({ after: this.#text.text.length, at: performance.now(), milliseconds: 0 });
    this.#flush();
  }

  /** Sound came, as base64. */
  takeSound(delta: string): void {
    const { length } = this.#text.text;
    const milliseconds = Buffer.byteLength(delta, 'base64') / BYTES_A_MILLISECOND;
    this.#sounds.push({ after: length, at: performance.now(), milliseconds });
    this.#received += milliseconds;
    const digits = this.#text.text.match(/\d/gu)?.length ?? 0;
    const letters = length + digits * (LETTERS_A_DIGIT - 1);
    if (this.#received > LONGEST_BREATH + letters * SLOWEST_SPEECH) this.#isLate = true;
  }

  /** All of it came. */
  finish(): void {
    this.#text.finish();
    this.#flush();
  }

  /** Nothing more of it is wanted. */
  drop(): void {
    this.#isStopped = true;
    this.#soundStream.end();
    this.#wordStream.end();
  }

  /** The message as it may be heard. */
  gate(message: llm.MessageGeneration): llm.MessageGeneration {
    void this.#soundStream.read(message.audioStream);
    void this.#wordStream.read(message.textStream);
    return {
      ...message,
      audioStream: this.#soundStream.stream,
      textStream: this.#wordStream.stream,
    };
  }

  #flush(): void {
    const { clearedTo, falsehood } = this.#text;
    this.#soundStream.pass(clearedTo);
    this.#wordStream.pass(clearedTo);
    if (!falsehood || this.#isStopped) return;
    this.drop();
    this.#onFalse(falsehood);
  }
}
