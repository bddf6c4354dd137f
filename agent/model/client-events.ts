/**
 * What waits to be sent to the model. Stands in for the plugin's own queue, whose reader of a connection
 * that has ended stays and takes one event, which nobody sends: here it gives back what it took.
 */
export class ClientEvents<T> {
  /** The plugin empties it when it closes. */
  readonly items: T[] = [];
  #wake: (() => void) | undefined;
  /** What was handed to a reader that has not sent it yet. */
  #taken: T[] = [];

  /** Lets an event wait behind those that wait already. */
  put(event: T): Promise<void> {
    this.items.push(event);
    this.#wake?.();
    return Promise.resolve();
  }

  /** These come before whatever waits. */
  putFirst(events: readonly T[]): void {
    this.items.unshift(...events);
    this.#wake?.();
  }

  /** One reader at a time: who asks anew stands in for whoever asked before. */
  async get(): Promise<T> {
    this.items.unshift(...this.#taken);
    this.#taken = [];
    const wake = Promise.withResolvers<void>();
    this.#wake = wake.resolve;
    if (this.items.length === 0) await wake.promise;
    const event = this.items.shift();
    // Emptied meanwhile.
    if (event === undefined) return this.get();
    this.#taken.push(event);
    return event;
  }

  /** It was handed to the connection. */
  sent(event: T): void {
    this.#taken = this.#taken.filter((taken) => taken !== event);
  }
}
