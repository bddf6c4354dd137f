import type { Ears } from './mind/mind.ts';

/** More than this many idle pairs of ears are closed: one takes about 35 MB. */
const MOST_KEPT = 12;

/**
 * Lends ears to sessions and keeps those given back: opening a pair takes about 250 ms of computing,
 * during which every other session waits.
 */
export class EarsPool {
  readonly #open: () => Promise<Ears>;
  #idle: Ears[] = [];

  constructor(open: () => Promise<Ears>) {
    this.#open = open;
  }

  /** Opens ears ahead, so that the first sessions need not wait. */
  async prepare(count: number): Promise<void> {
    while (this.#idle.length < count) this.#idle.push(await this.#open());
  }

  async take(): Promise<Ears> {
    return this.#idle.pop() ?? (await this.#open());
  }

  giveBack(ears: Ears): void {
    if (this.#idle.length < MOST_KEPT) this.#idle.push(ears);
    else ears.close();
  }

  close(): void {
    for (const ears of this.#idle) ears.close();
    this.#idle = [];
  }
}
