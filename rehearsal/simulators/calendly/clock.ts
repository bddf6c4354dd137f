/** The simulator's time. It runs on from wherever it is set, and follows the machine until then. */
export class SimulatorClock {
  readonly #read: () => number;
  #offset = 0;

  /** @param read milliseconds since 1970 */
  constructor(read: () => number) {
    this.#read = read;
  }

  now(): number {
    return this.#read() + this.#offset;
  }

  /** `null` returns to the machine's own time. */
  set(instant: number | null): void {
    this.#offset = instant === null ? 0 : instant - this.#read();
  }
}
