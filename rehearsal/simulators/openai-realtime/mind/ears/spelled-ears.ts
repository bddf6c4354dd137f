import { Worker } from 'node:worker_threads';
import type { Listening } from '../mind.ts';
import type { SpelledAnswer, SpelledRequest } from './spelled-thread.ts';

/** Hears letters, names, addresses and numbers, and nothing else. */
export interface SpelledEars {
  /** Answers '' when what was said fits none of it. */
  hear(
    samples: Int16Array,
    spelled: NonNullable<Listening['spelled']>,
    offered: string[],
  ): Promise<string>;
}

/**
 * Starts the recogniser of what is spelled (about 40 MB) in a thread: it computes for a tenth of
 * the utterance, and other calls shall not wait. The thread does not keep the process alive.
 */
export function openSpelledEars(): SpelledEars {
  const thread = new Worker(new URL('./spelled-thread.ts', import.meta.url));
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  let lastId = 0;
  let failed: Error | null = null;
  const fail = (cause: unknown): void => {
    failed = new Error('The recogniser of what is spelled failed', { cause });
    for (const { reject } of waiting.values()) reject(failed);
    waiting.clear();
    thread.unref();
  };
  thread.on('error', fail);
  thread.on('exit', fail);
  thread.on('message', (answer: SpelledAnswer) => {
    const request = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread.unref();
    if ('text' in answer) request?.resolve(answer.text);
    else request?.reject(new Error(answer.error));
  });
  // Only now: a listener makes the thread keep the process alive again.
  thread.unref();
  return {
    async hear(samples, spelled, offered) {
      if (failed !== null) throw failed;
      const id = ++lastId;
      const request = Promise.withResolvers<string>();
      waiting.set(id, request);
      thread.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage({ id, spelled, offered, samples } satisfies SpelledRequest);
      return await request.promise;
    },
  };
}
