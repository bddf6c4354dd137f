import { Agent, EnvHttpProxyAgent, setGlobalDispatcher, fetch as undiciFetch } from 'undici';
import type { buildConnector } from 'undici';
import type { ProxyEnvironment } from './https-proxy.ts';

/** What a request is made with; tests and other front ends hand in their own. */
export type Fetch = typeof globalThis.fetch;

/** What no answer may exceed. */
export interface TransportLimits {
  /** Bytes of a body as it is read, unpacked; 8 MB by default. */
  bodyLimit?: number;
  /** Milliseconds from the request to the last byte of its answer; 30 s by default. */
  deadline?: number;
}

export interface TransportOptions extends TransportLimits {
  /** What https requests go through, except to this machine; straight unless given. */
  proxy?: ProxyEnvironment;
  /** What connections are made with, where they go straight; undici's own unless given. */
  connect?: buildConnector.connector;
}

const BODY_LIMIT = 8 * 1_024 * 1_024;
/** Milliseconds. */
const DEADLINE = 30_000;
/** Milliseconds in which a library's request must go on: LiveKit answers a transfer once it was taken. */
const LIBRARY_SILENCE = 120_000;

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** An answer is longer than anything that is asked for: it was cut off. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
  readonly code = 'ERR_BODY_TOO_LARGE';

  constructor(limit: number) {
    super(`The answer is longer than ${limit} bytes.`);
  }
}

/**
 * `fetch` for every request that leaves this process, with a limit to the body and a deadline of its
 * own beside the caller's signal. It takes an address, and no `Request`.
 *
 * It is undici 8: the parser that Node 24 has built in (undici 7) throws an assertion that nobody can
 * catch when a server closes its connection while a body waits to be read (nodejs/undici#5360), and
 * that ends the process. HTTP/1.1 alone: where requests share a connection, one that breaks would
 * leave the outcome of several writes unknown.
 */
export function createTransport(options: TransportOptions = {}): Fetch {
  const { bodyLimit = BODY_LIMIT, deadline = DEADLINE, proxy, connect } = options;
  const dispatcher = proxy
    ? proxyDispatcher(proxy)
    : new Agent({ allowH2: false, ...(connect ? { connect } : {}) });
  return async (input, init = {}) => {
    const signals = [AbortSignal.timeout(deadline), ...(init.signal ? [init.signal] : [])];
    const answer = await undiciFetch(input as string | URL, {
      ...(init as object),
      dispatcher,
      signal: AbortSignal.any(signals),
    });
    const { status, statusText } = answer;
    return new Response(
      answer.body && limited(answer.body as ReadableStream<Uint8Array>, bodyLimit),
      {
        status,
        statusText,
        headers: [...answer.headers],
      },
    );
  };
}

function proxyDispatcher(proxy: ProxyEnvironment): EnvHttpProxyAgent {
  const noProxy = proxy.NO_PROXY ?? proxy.no_proxy;
  return new EnvHttpProxyAgent({
    allowH2: false,
    // An empty one stands for none: what is left out is read from the environment.
    httpProxy: '',
    httpsProxy: proxy.HTTPS_PROXY ?? proxy.https_proxy ?? '',
    noProxy: [...(noProxy ? [noProxy] : []), ...THIS_MACHINE].join(','),
  });
}

/** The transport of whatever is handed no other; its connections are kept for the whole process. */
export const transport: Fetch = createTransport();

/**
 * Puts the same parser under the global `fetch`, with a limit to the body and to silence: libraries
 * that cannot be handed another, such as livekit-server-sdk, call it with deadlines of their own.
 * Each process does so once, as it starts.
 */
export function guardGlobalFetch(): void {
  setGlobalDispatcher(
    new Agent({
      allowH2: false,
      maxResponseSize: BODY_LIMIT,
      headersTimeout: LIBRARY_SILENCE,
      bodyTimeout: LIBRARY_SILENCE,
    }),
  );
}

function limited(body: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array> {
  let received = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength;
        if (received > limit) controller.error(new BodyTooLargeError(limit));
        else controller.enqueue(chunk);
      },
    }),
  );
}
