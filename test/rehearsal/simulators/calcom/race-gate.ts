/** Lets the racers of a test into the gap between a booking's check and its commit, then all of them out at once. */
export class RaceGate {
  #expected = 0;
  #waiting: (() => void)[] = [];

  /** The next so many bookings wait for each other. */
  gather(racers: number): void {
    this.#expected = racers;
  }

  readonly pass = async (): Promise<void> => {
    if (this.#expected === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    if (this.#waiting.length === this.#expected) {
      const all = this.#waiting;
      this.#waiting = [];
      this.#expected = 0;
      for (const go of all) go();
    }
    await promise;
  };
}
