import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { transport } from '../runtime/http-transport.ts';
import type { Part, Readiness } from './part.ts';
import type { PartProcess } from './part-process.ts';
import type { PartDiedError } from './start-error.ts';

/**
 * Waits until a part says, or shows, that it is ready; no longer than its `readyWithin`.
 *
 * @param ended resolves when its process has ended
 * @throws {PartDiedError} it ended before, or took too long
 */
export async function waitUntilReady(
  part: Part,
  child: PartProcess,
  ended: Promise<PartDiedError>,
  signal: AbortSignal,
): Promise<void> {
  const patience = new AbortController();
  const limit = part.readyWithin ?? 60_000;
  try {
    await Promise.race([
      untilReady(part.readiness, child, AbortSignal.any([signal, patience.signal])),
      ended.then((error) => {
        signal.throwIfAborted();
        throw error;
      }),
      delay(limit, undefined, { signal: patience.signal }).then(() => {
        throw child.died(`was not ready after ${limit / 1_000} s`);
      }),
    ]);
  } finally {
    patience.abort();
  }
}

async function untilReady(
  readiness: Readiness,
  child: PartProcess,
  signal: AbortSignal,
): Promise<void> {
  switch (readiness.by) {
    case 'log':
      return child.saidReady;
    case 'http':
      return untilAnswers(readiness.url, signal);
    case 'tcp':
      return untilListens(readiness.port, signal);
  }
}

/** Knocks until a port of 127.0.0.1 takes the connection. */
async function untilListens(port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const listens = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (listens) return;
    await delay(40, undefined, { signal });
  }
}

/** Asks until something answers with a good status; a refused connection means "not yet". */
async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await transport(url, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(40, undefined, { signal });
  }
}
