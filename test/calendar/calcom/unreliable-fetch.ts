import type { ContractWrite } from '../contract/contract-world.ts';

/** The connection to a Cal.com that cannot be told to fail, made to fail on this side. */
export class UnreliableFetch {
  readonly #lost = new Set<ContractWrite>();
  #silent = false;

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
    const response = await fetch(input, init);
    const write = init?.method === 'POST' && typeof input === 'string' ? writeOf(input) : null;
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

function writeOf(url: string): ContractWrite | null {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/v2/bookings')) return 'book';
  if (pathname.endsWith('/reschedule')) return 'reschedule';
  return pathname.endsWith('/cancel') ? 'cancel' : null;
}
