import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../calendar/calendar-error.ts';
import { memoryLimiter } from '../../calendar/request-limiter.ts';

describe('memoryLimiter', () => {
  it('keeps ten requests for writes that reads may not use', async () => {
    const limiter = memoryLimiter({ limit: 12, window: 60_000 });
    await limiter.take('read');
    await limiter.take('read');
    await expect(limiter.take('read')).rejects.toThrow(RateLimitedError);
    for (let write = 0; write < 10; write += 1) await limiter.take('write');
    await expect(limiter.take('write')).rejects.toThrow(RateLimitedError);
  });

  it('says when the window ends', async () => {
    const limiter = memoryLimiter({ limit: 0, window: 30_000 });
    const refusal: unknown = await limiter.take('write').catch((error: unknown) => error);
    expect((refusal as RateLimitedError).retryAfter).toBeGreaterThan(29_000);
    expect((refusal as RateLimitedError).retryAfter).toBeLessThanOrEqual(30_000);
  });

  it('waits rather than refuses when the wait is short', async () => {
    const limiter = memoryLimiter({ limit: 1, window: 300 });
    await limiter.take('write');
    const began = performance.now();
    await limiter.take('write');
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('believes the provider when fewer requests are left than it counted', async () => {
    const limiter = memoryLimiter({ limit: 120, window: 60_000 });
    await limiter.take('read');
    await limiter.observe({ remaining: 10, resetSeconds: 45 });
    await expect(limiter.take('read')).rejects.toThrow(RateLimitedError);
    await limiter.take('write');
  });

  it('waits three windows at most, however long the provider says', async () => {
    const limiter = memoryLimiter({ limit: 120, window: 60_000 });
    await limiter.observe({ remaining: 0, resetSeconds: 60_000 });
    const refusal = await limiter.take('write').catch((error: unknown) => error);
    expect((refusal as RateLimitedError).retryAfter).toBeLessThanOrEqual(180_000);
  });

  it('believes the provider when far more are left: another plan, or a new window', async () => {
    const limiter = memoryLimiter({ limit: 12, window: 60_000 });
    await limiter.take('read');
    await limiter.observe({ remaining: 500, resetSeconds: 45 });
    const reads = Array.from({ length: 100 }, () => limiter.take('read'));
    await expect(Promise.all(reads)).resolves.toHaveLength(100);
  });

  it('keeps its own count while the provider has not seen what is on its way', async () => {
    const limiter = memoryLimiter({ limit: 30, window: 60_000 });
    for (let read = 0; read < 19; read += 1) await limiter.take('read');
    await limiter.observe({ remaining: 29, resetSeconds: 45 });
    await limiter.take('read');
    await expect(limiter.take('read')).rejects.toThrow(RateLimitedError);
  });
});
