/** The simulator's time. It runs on from wherever it is set, and follows the machine until then. */
export class SettableClock {
  readonly #read: () => number;
  #offset = 0;
  #stopped: number | null = null;

  /** @param read milliseconds since 1970 */
  constructor(read: () => number) {
    this.#read = read;
  }

  now(): number {
    return this.#stopped ?? this.#read() + this.#offset;
  }

  /** `null` returns to the machine's own time. */
  set(instant: number | null, options: { stopped?: boolean } = {}): void {
    this.#offset = instant === null ? 0 : instant - this.#read();
    this.#stopped = options.stopped === true ? (instant ?? this.#read()) : null;
  }
}
