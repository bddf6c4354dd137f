import { CalendarUnreachableError } from '../calendar-error.ts';

/** Requests that Graph serves at once for an application and a mailbox. */
const AT_ONCE = 4;
/** Milliseconds that a request waits for the others. */
const PATIENCE = 4_000;

/** Lets four requests at once go to a mailbox; further ones wait in order. */
export class MailboxGate {
  #open = AT_ONCE;
  readonly #waiting: (() => void)[] = [];

  /** @throws {CalendarUnreachableError} it would have to wait for too long: nothing was sent */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#open += 1;
    }
  }

  async #enter(): Promise<void> {
    if (this.#open > 0) {
      this.#open -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const timer = setTimeout(() => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
      reject(new CalendarUnreachableError('Nothing was sent: other requests were waited for.'));
    }, PATIENCE);
    await promise.finally(() => clearTimeout(timer));
  }
}

/** The gates of a process: all of its calls share that of a mailbox. */
export class MailboxGates {
  readonly #gates = new Map<string, MailboxGate>();

  of(mailbox: string): MailboxGate {
    const known = this.#gates.get(mailbox);
    if (known) return known;
    const gate = new MailboxGate();
    this.#gates.set(mailbox, gate);
    return gate;
  }
}
