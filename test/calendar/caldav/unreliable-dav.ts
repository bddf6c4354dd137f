import { transport } from '../../../runtime/http-transport.ts';
import type { ContractWrite } from '../contract/contract-world.ts';

/** The connection to a server that cannot be told to fail, made to fail on this side. */
export class UnreliableDav {
  readonly #lost = new Set<ContractWrite>();
  #silent = false;

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

  readonly fetch: typeof fetch = async (input, init) => {
    if (this.#silent) return silence(init?.signal);
    const response = await transport(input, init);
    const write = init?.method === 'PUT' ? writeOf(init) : null;
    if (!write || !this.#lost.delete(write)) return response;
    await response.text();
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    throw new TypeError('fetch failed', { cause });
  };
}

function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    const end = () => reject(signal?.reason as Error);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
}

function writeOf({ headers, body }: RequestInit): ContractWrite {
  if (new Headers(headers).has('If-None-Match')) return 'book';
  return typeof body === 'string' && body.includes('STATUS:CANCELLED') ? 'cancel' : 'reschedule';
}
