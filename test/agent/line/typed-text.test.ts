import { TextStreamReader } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTypedText } from '../../../agent/line/typed-text.ts';

type Handler = Parameters<Room['registerTextStreamHandler']>[1];
type Chunks = ConstructorParameters<typeof TextStreamReader>[1];

describe('what a visitor types', () => {
  let taken: unknown[];
  let signs: number;
  let floods: number;
  let handler: Handler;
  let stop: () => void;

  beforeEach(() => {
    taken = [];
    signs = 0;
    floods = 0;
    stop = takeTypedText({
      room: {
        registerTextStreamHandler: (topic, registered) => {
          if (topic === 'lk.chat') handler = registered;
        },
        unregisterTextStreamHandler: () => {},
      },
      replies: { quiet: () => {}, say: (reply) => void taken.push(reply) },
      isCaller: (identity) => identity === 'visitor',
      onSign: () => {
        signs += 1;
      },
      onFlood: () => {
        floods += 1;
      },
    });
    vi.useFakeTimers();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  /** A text stream as it arrives, from pieces that are made as they are read. */
  const send = (
    pieces: Iterable<string>,
    {
      identity = 'visitor',
      totalSize,
      stalls = false,
    }: { identity?: string; totalSize?: number; stalls?: boolean } = {},
  ) => {
    const iterator = pieces[Symbol.iterator]();
    const stream = { read: 0, isCancelled: false };
    const chunks = new ReadableStream({
      pull: async (controller) => {
        const { done, value } = iterator.next();
        if (done === true) {
          if (stalls) await new Promise(() => {});
          controller.close();
          return;
        }
        stream.read += value.length;
        controller.enqueue({ content: new TextEncoder().encode(value) });
      },
      cancel: () => {
        stream.isCancelled = true;
      },
    }) as unknown as Chunks;
    const info = {
      streamId: '1',
      mimeType: 'text/plain',
      topic: 'lk.chat',
      timestamp: 0,
      ...(totalSize === undefined ? {} : { totalSize }),
    };
    handler(new TextStreamReader(info, chunks), { identity });
    return stream;
  };
  const settled = () => vi.advanceTimersByTimeAsync(0);

  it('is cut to 2,000 characters', async () => {
    send(Array.from({ length: 20 }, () => 'a'.repeat(500)));
    await vi.waitUntil(() => taken.length > 0, { timeout: 30_000 });
    expect(taken).toEqual([{ userInput: 'a'.repeat(2_000) }]);
    expect(floods).toBe(0);
  });

  it('is a flood, and not held, where it does not end', async () => {
    const stream = send(endless('a'.repeat(500)));
    await vi.waitUntil(() => floods > 0, { timeout: 30_000 });
    expect(stream.isCancelled).toBe(true);
    expect(stream.read).toBeLessThan(502_000);
    expect([taken, signs]).toEqual([[], 0]);
  });

  it('is a flood before it begins, where its header says so', async () => {
    const stream = send(endless('a'.repeat(500)), { totalSize: 63_000_000 });
    await vi.waitUntil(() => floods > 0, { timeout: 30_000 });
    expect(stream.isCancelled).toBe(true);
    // What a stream holds ahead.
    expect(stream.read).toBeLessThanOrEqual(500);
    expect([taken, signs]).toEqual([[], 0]);
  });

  it('is not waited for without end', async () => {
    const stream = send(['hel'], { stalls: true });
    await settled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stream.isCancelled).toBe(true);
    const others = ['a', 'b', 'c', 'd'].map((text) => send([text], { stalls: true }));
    await settled();
    expect(others.map(({ isCancelled }) => isCancelled)).toEqual([false, false, false, true]);
  });

  it('is taken 20 times a minute, and more of it is no sign of a caller', async () => {
    for (let round = 0; round < 50; round += 1) {
      send(['hello']);
      await settled();
    }
    expect(taken).toHaveLength(20);
    expect(signs).toBe(20);
    await vi.advanceTimersByTimeAsync(60_000);
    send(['again']);
    await settled();
    expect(taken.at(-1)).toEqual({ userInput: 'again' });
  });

  it('counts only from the caller', async () => {
    const stream = send(['hello'], { identity: 'somebody' });
    await settled();
    expect(stream.isCancelled).toBe(true);
    expect(taken).toEqual([]);
  });
});

function* endless(piece: string): Generator<string> {
  for (;;) yield piece;
}
