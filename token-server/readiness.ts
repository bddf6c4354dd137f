import { pingDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { transport } from '../runtime/http-transport.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import { within } from '../runtime/within.ts';

/** Rejects when the part does not answer in time. */
export type ReadinessCheck = () => Promise<void>;

export interface ReadinessOptions {
  db: Database;
  /** ws:// or wss://. */
  livekitUrl: string;
  fetch?: Fetch;
  /** Milliseconds for each part; 1000 unless told otherwise. */
  timeout?: number;
}

/** The parts that a call needs before a token makes sense. */
export function readinessChecks(
  options: ReadinessOptions,
): Record<'database' | 'livekit', ReadinessCheck> {
  const { db, livekitUrl, fetch = transport, timeout = 1_000 } = options;
  const health = new URL(livekitUrl);
  health.protocol = health.protocol === 'wss:' ? 'https:' : 'http:';
  return {
    async database() {
      await within(timeout, pingDatabase(db));
    },
    async livekit() {
      // LiveKit answers GET / with 200, and with 406 while it cannot serve.
      const response = await fetch(health, {
        signal: AbortSignal.timeout(timeout),
        redirect: 'manual',
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`LiveKit answered ${response.status}`);
    },
  };
}
