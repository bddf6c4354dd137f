/** Milliseconds of silence after which an answer is over: a tool's answer follows its announcement. */
const QUIET = 1_000;

export interface TypedLinesOptions {
  /** Says a line to the agent. */
  say: (line: string) => void;
  /** Whether the agent has nothing under way. */
  isQuiet: () => boolean;
  /** The input is over, and its last line is answered. */
  onEnd: () => void;
  /** Milliseconds; 1,000 unless given. */
  quiet?: number;
}

/**
 * Lines that came at once, as from a pipe, said one after the other: each waits until the one before
 * it is answered, and so does the end of the input. Nothing is said before the agent has spoken.
 */
export class TypedLines {
  readonly #options: TypedLinesOptions;
  #waiting: string[] = [];
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;
  #mayGoOn = false;

  constructor(options: TypedLinesOptions) {
    this.#options = options;
  }

  /** One more line; an empty one says nothing. */
  push(line: string): void {
    if (line.trim() === '') return;
    this.#waiting.push(line);
    this.#goOn();
  }

  /** No further line comes. */
  end(): void {
    this.#isOver = true;
    this.#goOn();
  }

  /** The agent began or ended something: whether that was all shows when it stays quiet. */
  stir(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#options.isQuiet()) {
        this.stir();
        return;
      }
      this.#mayGoOn = true;
      this.#goOn();
    }, this.#options.quiet ?? QUIET);
  }

  /** Says nothing more, and tells of no end. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#isOver = false;
  }

  #goOn(): void {
    if (!this.#mayGoOn) return;
    const line = this.#waiting.shift();
    if (line !== undefined) {
      this.#mayGoOn = false;
      this.#options.say(line);
      this.stir();
    } else if (this.#isOver) {
      this.stop();
      this.#options.onEnd();
    }
  }
}
