import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { httpsProxyAgent } from '../../runtime/https-proxy.ts';
import type { ProxyEnvironment } from '../../runtime/https-proxy.ts';
import { ModelSocket } from './model-socket.ts';

/** The model cannot be reached, or answers nobody; the message is for the operator, and says what to do. */
export class ModelUnreachableError extends Error {
  override readonly name = 'ModelUnreachableError';
}

export interface ModelConnectionOptions {
  apiKey: string;
  /** Such as https://api.openai.com/v1; its scheme becomes ws or wss. */
  baseUrl: string;
  model: string;
  proxy: ProxyEnvironment;
  /** Called once: the call cannot go on. */
  onUnreachable: (error: ModelUnreachableError) => void;
  /** Called in the middle of a call, once a trouble: the model has been gone for so long that silence puzzles. */
  onLost?: () => void;
  /** Milliseconds until then; 2,000 unless given. */
  lostAfter?: number;
  /** An event of the model could not be read. */
  onUnreadable: () => void;
}

/** Milliseconds for which a caller who has heard nothing yet is kept waiting. */
const PATIENCE_AT_FIRST = 3_000;
/** Milliseconds, in the middle of a call: it is worth more by then. */
const PATIENCE_LATER = 8_000;
/** Milliseconds for the other side to close the connection too. */
const LAST_WORDS = 1_000;
/** Milliseconds before the second try; doubled each time. */
const FIRST_PAUSE = 200;
/** Milliseconds. */
const LOST_AFTER = 2_000;

/**
 * Opens the connections of one session, one after the other. A handshake that fails, and a connection that
 * is closed before the model has answered on it, are tried again with growing pauses; whatever is final,
 * such as a key that is refused, is not.
 */
export class ModelConnection {
  readonly #options: ModelConnectionOptions;
  #isAbandoned = false;
  readonly #abandoned = Promise.withResolvers<void>();
  #socket: ModelSocket | undefined;
  /** Whether the model has answered on the connection that was opened last. */
  #isProven = false;
  #wasProven = false;
  /** Of `performance.now()`: since when no connection has worked. */
  #troubleSince = 0;
  #lost: NodeJS.Timeout | undefined;
  #failures = 0;
  /** What the model said before it closed the connection. */
  #complaint: string | undefined;

  constructor(options: ModelConnectionOptions) {
    this.#options = options;
  }

  /**
   * Opens the next connection. It never rejects, since the plugin cannot take that: where the model cannot
   * be reached it does not resolve before {@link abandon}.
   */
  async open(): Promise<WebSocket> {
    let failure = this.#socket && !this.#isProven ? CLOSED_AT_ONCE : null;
    if (!failure) {
      this.#failures = 0;
      this.#troubleSince = performance.now();
      const { onLost, lostAfter = LOST_AFTER } = this.#options;
      if (this.#wasProven && onLost) this.#lost = setTimeout(onLost, lostAfter).unref();
    }
    const patience = this.#wasProven ? PATIENCE_LATER : PATIENCE_AT_FIRST;
    const deadline = this.#troubleSince + patience;
    while (!this.#isAbandoned) {
      if (failure) {
        const wait = FIRST_PAUSE * 2 ** this.#failures;
        this.#failures += 1;
        if (failure.isFinal || performance.now() + wait >= deadline) {
          clearTimeout(this.#lost);
          this.#options.onUnreachable(this.#describe(failure));
          await this.#abandoned.promise;
          break;
        }
        await Promise.race([pause(wait, undefined, { ref: false }), this.#abandoned.promise]);
      }
      const opened = await this.#tryToOpen(deadline - performance.now());
      if (opened instanceof ModelSocket) return opened;
      failure = opened;
    }
    const dead = this.#socket ?? this.#newSocket();
    dead.on('error', () => {});
    dead.terminate();
    return dead;
  }

  /** The model gave a sign that it takes what it is sent. */
  prove(): void {
    clearTimeout(this.#lost);
    this.#isProven = true;
    this.#wasProven = true;
    this.#complaint = undefined;
  }

  /** What kind of error the model told of. */
  complain(code: string): void {
    this.#complaint = code;
  }

  /** Breaks the connection, so that another one is opened. */
  renew(): void {
    this.#socket?.terminate();
  }

  /** Ends the connection in order, or without it where the other side says nothing. */
  close(): void {
    const socket = this.#socket;
    socket?.close();
    setTimeout(() => socket?.terminate(), LAST_WORDS).unref();
  }

  /** The session is over: whoever waits for a connection gets a dead one. */
  abandon(): void {
    clearTimeout(this.#lost);
    this.#isAbandoned = true;
    this.#abandoned.resolve();
  }

  async #tryToOpen(milliseconds: number): Promise<ModelSocket | HandshakeError> {
    const socket = this.#newSocket();
    this.#isProven = false;
    const { promise, resolve } = Promise.withResolvers<ModelSocket | HandshakeError>();
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, { statusCode = 0 }) => {
      const reason = `it answers with status ${statusCode}`;
      resolve(new HandshakeError(reason, isFinal(statusCode), statusCode));
    });
    // Stays for the life of the socket: after an error comes a close, and the plugin sees that.
    socket.on('error', ({ message }) => resolve(new HandshakeError(message, false)));
    const late = setTimeout(
      () => resolve(new HandshakeError('it does not answer', false)),
      milliseconds,
    );
    void this.#abandoned.promise.then(() => resolve(new HandshakeError('nobody waits', true)));
    const opened = await promise;
    clearTimeout(late);
    if (opened !== socket) socket.terminate();
    return opened;
  }

  #newSocket(): ModelSocket {
    const { baseUrl, model, apiKey, proxy, onUnreadable } = this.#options;
    const url = new URL(`${baseUrl.replace(/\/$/, '')}/realtime`);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('model', model);
    const headers = { Authorization: `Bearer ${apiKey}` };
    const agent = httpsProxyAgent(url, proxy);
    this.#socket = new ModelSocket(url, { headers, agent }, onUnreadable);
    return this.#socket;
  }

  #describe(failure: HandshakeError): ModelUnreachableError {
    const { host } = new URL(this.#options.baseUrl);
    if (failure.status === 401 || failure.status === 403) {
      return new ModelUnreachableError(
        `${host} refuses the key (status ${failure.status}): set OPENAI_API_KEY to one that is valid and may use ${this.#options.model}. \`slotline doctor\` tells.`,
      );
    }
    const reason = this.#complaint ?? failure.message;
    return new ModelUnreachableError(
      `The model at ${host} cannot be reached: ${reason}. Check OPENAI_BASE_URL, OPENAI_REALTIME_MODEL, the network, and HTTPS_PROXY where one is needed.`,
    );
  }
}

class HandshakeError extends Error {
  override readonly name = 'HandshakeError';

  /** Whether the next try would fail too. */
  readonly isFinal: boolean;
  readonly status: number | null;

  constructor(message: string, isFinal: boolean, status: number | null = null) {
    super(message);
    this.isFinal = isFinal;
    this.status = status;
  }
}

const CLOSED_AT_ONCE = new HandshakeError('it closes every connection at once', false);

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
