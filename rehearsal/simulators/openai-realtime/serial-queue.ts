/** Runs jobs one after the other, in the order they were added. */
export class SerialQueue {
  #tail: Promise<void> = Promise.resolve();
  readonly #failed: (error: unknown) => void;

  /** @param failed is told what a job threw; the next job runs all the same */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  add(job: () => void | Promise<void>): void {
    this.#tail = this.#tail.then(job).catch(this.#failed);
  }
}
