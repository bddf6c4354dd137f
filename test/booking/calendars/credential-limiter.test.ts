import { describe, expect, it } from 'vitest';
import { credentialLimiter } from '../../../booking/calendars/credential-limiter.ts';
import { RateLimitedError } from '../../../calendar/calendar-error.ts';
import { openDatabase } from '../../../db/database.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const WINDOW = { limit: 30, window: 60_000 };

describe('credentialLimiter', () => {
  const database = useTestDatabase({ maxConnections: 10 });

  async function open(window = WINDOW) {
    const { calendarConnectionId } = await insertTenant(database.db);
    return {
      calendarConnectionId,
      // Each is one process's.
      another: () => credentialLimiter(database.db, { calendarConnectionId, window }),
    };
  }

  it('lets all processes together take what one key may, and no more', async () => {
    const { another } = await open();
    const takes = await Promise.allSettled(
      Array.from({ length: 50 }, () => another().take('write')),
    );
    expect(takes.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    for (const { reason } of takes.filter((take) => take.status === 'rejected')) {
      expect(reason).toBeInstanceOf(RateLimitedError);
    }
  });

  it('keeps ten requests for writes that reads may not use', async () => {
    const { another } = await open();
    const reads = await Promise.allSettled(
      Array.from({ length: 50 }, () => another().take('read')),
    );
    expect(reads.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    for (let write = 0; write < 10; write += 1) await another().take('write');
    await expect(another().take('write')).rejects.toThrow(RateLimitedError);
  });

  it('tells every process what the provider told one', async () => {
    const { another } = await open();
    await another().take('read');
    await another().observe({ remaining: 0, resetSeconds: 40 });
    const refusal: unknown = await another()
      .take('write')
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimitedError);
    expect((refusal as RateLimitedError).retryAfter).toBeGreaterThan(38_000);
    expect((refusal as RateLimitedError).retryAfter).toBeLessThanOrEqual(40_000);
  });

  it.each([60_000, 2_000_000, 1e300])(
    'waits three windows at most where the provider names %d seconds',
    async (resetSeconds) => {
      const { another } = await open();
      await another().observe({ remaining: 0, resetSeconds });
      const refusal: unknown = await another()
        .take('write')
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RateLimitedError);
      expect((refusal as RateLimitedError).retryAfter).toBeLessThanOrEqual(180_000);
    },
  );

  it('takes a number that is no count for the nearest one', async () => {
    const { another } = await open();
    await another().observe({ remaining: 11.5, resetSeconds: -1 });
    await expect(another().take('read')).resolves.toBeUndefined();
  });

  it('believes a provider that allows more than was thought', async () => {
    const { another } = await open();
    await another().take('read');
    await another().observe({ remaining: 900, resetSeconds: 40 });
    const reads = Array.from({ length: 60 }, () => another().take('read'));
    await expect(Promise.all(reads)).resolves.toHaveLength(60);
  });

  it('begins anew when the window ends, and waits for that when it is near', async () => {
    const { another } = await open({ limit: 11, window: 400 });
    await another().take('read');
    const began = performance.now();
    await another().take('read');
    expect(performance.now() - began).toBeGreaterThan(300);
  });

  it('counts each connection for itself', async () => {
    const [one, other] = [await open({ limit: 1, window: 60_000 }), await open()];
    await one.another().take('write');
    await expect(one.another().take('write')).rejects.toThrow(RateLimitedError);
    await other.another().take('write');
  });

  it('lets a request out when the database does not answer: the provider counts as well', async () => {
    const db = openDatabase({ connectionString: 'postgres://127.0.0.1:1/none' });
    const errors: unknown[] = [];
    const limiter = credentialLimiter(db, {
      calendarConnectionId: '00000000-0000-0000-0000-000000000000',
      window: WINDOW,
      onError: (error) => errors.push(error),
    });
    await limiter.take('read');
    await limiter.observe({ remaining: 1, resetSeconds: 1 });
    expect(errors).toHaveLength(2);
    await db.destroy();
  });
});
