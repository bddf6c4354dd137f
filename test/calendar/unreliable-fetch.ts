import { transport } from '../../runtime/http-transport.ts';
import type { ContractWrite } from './contract/contract-world.ts';

/** Which write a request is; null for one that is none. */
type WriteOf = (url: URL, request: RequestInit) => ContractWrite | null;

/** The connection to a server that cannot be told to fail, made to fail on this side. */
export class UnreliableFetch {
  readonly #writeOf: WriteOf;
  readonly #lost = new Set<ContractWrite>();
  #silent = false;

  constructor(writeOf: WriteOf) {
    this.#writeOf = writeOf;
  }

  /** The next write of the kind is done, and its answer never arrives. */
  loseAnswer(write: ContractWrite): void {
    this.#lost.add(write);
  }

  fallSilent(): void {
    this.#silent = true;
  }

  wakeUp(): void {
    this.#silent = false;
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    if (this.#silent) return silence(init.signal);
    const response = await transport(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    const write = this.#writeOf(url, init);
    if (!write || !this.#lost.delete(write)) return response;
    await response.text();
    throw brokenConnection();
  };
}

/** What `fetch` throws where the connection broke after the request was sent. */
export function brokenConnection(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError('fetch failed', { cause });
}

/** A request of Cal.com's API. */
export function calcomWrite({ pathname }: URL, { method }: RequestInit): ContractWrite | null {
  if (method !== 'POST') return null;
  if (pathname.endsWith('/v2/bookings')) return 'book';
  if (pathname.endsWith('/reschedule')) return 'reschedule';
  return pathname.endsWith('/cancel') ? 'cancel' : null;
}

/** A request of CalDAV, as our adapter makes it. */
export function davWrite(_: URL, { method, headers, body }: RequestInit): ContractWrite | null {
  if (method !== 'PUT') return null;
  if (new Headers(headers).has('If-None-Match')) return 'book';
  return typeof body === 'string' && body.includes('STATUS:CANCELLED') ? 'cancel' : 'reschedule';
}

function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    const end = () => reject(signal?.reason as Error);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
}
