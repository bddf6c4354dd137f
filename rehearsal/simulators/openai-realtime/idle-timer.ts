/** Rings once at a set time, unless it is stopped or set anew before. */
export class IdleTimer {
  readonly #now: () => number;
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number, ring: () => void) {
    this.#now = now;
    this.#ring = ring;
  }

  /** @param at milliseconds since 1970 */
  start(at: number): void {
    this.stop();
    this.#timer = setTimeout(this.#ring, Math.max(0, at - this.#now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
