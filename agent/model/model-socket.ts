import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

/** Milliseconds between two questions whether the other side is still there. */
const PING_EVERY = 2_000;
/** Questions in a row that nothing came after. */
const MOST_MISSED = 2;

/**
 * A connection with the model. An event that cannot be read is passed over: the plugin reads events in a
 * listener of the socket, where a throw ends the process. And a network that swallows everything without a
 * word is noticed within six seconds, by pings; only where the server has answered one.
 */
export class ModelSocket extends WebSocket {
  readonly #onUnreadable: () => void;
  #wasHeard = true;
  #answersPings = false;
  #missed = 0;

  /** @param onUnreadable an event was passed over */
  constructor(url: URL, options: ClientOptions, onUnreadable: () => void) {
    super(url, options);
    this.#onUnreadable = onUnreadable;
    this.once('open', () => {
      const timer = setInterval(() => this.#askWhetherThere(), PING_EVERY).unref();
      this.once('close', () => clearInterval(timer));
    });
    this.on('pong', () => {
      this.#wasHeard = true;
      this.#answersPings = true;
    });
  }

  override emit(name: string | symbol, ...values: unknown[]): boolean {
    if (name !== 'message') return super.emit(name, ...values);
    this.#wasHeard = true;
    try {
      return super.emit(name, ...values);
    } catch {
      this.#onUnreadable();
      return true;
    }
  }

  #askWhetherThere(): void {
    this.#missed = this.#wasHeard ? 0 : this.#missed + 1;
    this.#wasHeard = false;
    if (this.#answersPings && this.#missed >= MOST_MISSED) this.terminate();
    else this.ping();
  }
}
