/** Lets so many through in any stretch of so many milliseconds. */
export class SlidingWindow {
  readonly #most: number;
  readonly #milliseconds: number;
  #recent: number[] = [];

  constructor(most: number, milliseconds: number) {
    this.#most = most;
    this.#milliseconds = milliseconds;
  }

  /** Whether one more is let through; one that is not does not count. */
  take(): boolean {
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => at > now - this.#milliseconds);
    if (this.#recent.length >= this.#most) return false;
    this.#recent.push(now);
    return true;
  }
}
