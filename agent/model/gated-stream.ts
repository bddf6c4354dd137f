import { ReadableStream } from 'node:stream/web';
import type { ReadableStreamDefaultController } from 'node:stream/web';

/** A piece of a message, as the server sent it. */
export interface Piece {
  /** Characters of the message that must be cleared before it may be heard. */
  after: number;
  /** When it came, milliseconds. */
  at: number;
  /** Of sound; 0 for words. */
  milliseconds: number;
}

/** A stream whose pieces are let through in order, each once it is cleared. */
export class GatedStream<T> {
  readonly stream: ReadableStream<T>;
  /** As the server sent them: one for each value of the source, and never after it. */
  readonly #pieces: readonly Piece[];
  readonly #onPass: (piece: Piece) => void;
  #controller: ReadableStreamDefaultController<T> | null = null;
  #waiting: T[] = [];
  #passed = 0;
  #clearedTo = 0;
  #isOpen = true;
  /** Nothing more is cleared: it ends with the last piece that is. */
  #isFinal = false;

  constructor(pieces: readonly Piece[], onPass: (piece: Piece) => void) {
    this.#pieces = pieces;
    this.#onPass = onPass;
    this.stream = new ReadableStream<T>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#isOpen = false;
        this.#waiting = [];
      },
    });
  }

  /**
   * Reads a source to its end, also where nobody listens any more: the plugin goes on writing to it what
   * the server has sent, and each write to a cancelled stream would be a rejection that nobody handles.
   */
  async read(source: ReadableStream<T>): Promise<void> {
    for await (const value of source) {
      if (!this.#isOpen) continue;
      this.#waiting.push(value);
      this.#flush();
    }
    this.close();
  }

  /** Lets through what stands before that character. */
  pass(clearedTo: number): void {
    this.#clearedTo = clearedTo;
    this.#flush();
  }

  /** Nothing more is cleared. */
  end(): void {
    this.#isFinal = true;
    this.#flush();
  }

  /** Ends it for its reader; what still waits is not heard. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#waiting = [];
    this.#controller?.close();
  }

  #flush(): void {
    while (this.#isOpen) {
      const piece = this.#pieces[this.#passed];
      const isCleared = piece !== undefined && piece.after <= this.#clearedTo;
      if (!isCleared) {
        if (this.#isFinal) this.close();
        return;
      }
      if (this.#waiting.length === 0) return;
      this.#controller?.enqueue(this.#waiting.shift() as T);
      this.#passed += 1;
      this.#onPass(piece);
    }
  }
}
