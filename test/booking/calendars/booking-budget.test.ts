import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedBookingBudget } from '../../../booking/calendars/booking-budget.ts';
import { memoryBudget, waitOf } from '../../../calendar/booking-budget.ts';
import { RateLimitedError } from '../../../calendar/calendar-error.ts';
import { openDatabase } from '../../../db/database.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PAID = [
  { limit: 10, window: MINUTE },
  { limit: 50, window: HOUR },
  { limit: 100, window: 24 * HOUR },
];

describe('storedBookingBudget', () => {
  const database = useTestDatabase({ maxConnections: 10 });

  async function open(windows = PAID) {
    const { calendarConnectionId } = await insertTenant(database.db);
    // Each is one process's.
    return () => storedBookingBudget(database.db, { calendarConnectionId, windows });
  }

  it('lets all processes together send what one account may, and no more', async () => {
    const another = await open();
    expect(await another().wait()).toBe(0);
    const takes = await Promise.allSettled(Array.from({ length: 30 }, () => another().take()));
    expect(takes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const { reason } of takes.filter((take) => take.status === 'rejected')) {
      expect(reason).toBeInstanceOf(RateLimitedError);
    }
    const wait = await another().wait();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(MINUTE);
  });

  it('tells every process that the provider has refused', async () => {
    const another = await open();
    await another().noteRefused(40_000);
    expect(await another().wait()).toBeGreaterThan(38_000);
    await expect(another().take()).rejects.toThrow(RateLimitedError);
    await another().noteRefused(0);
    await another().take();
  });

  it('has room again when what was sent is old enough', async () => {
    const another = await open([{ limit: 1, window: 150 }]);
    await another().take();
    await expect.poll(() => another().wait(), { timeout: 2_000, interval: 20 }).toBe(0);
    await another().take();
  });

  it('lets a booking out where the database does not answer, for the provider to count', async () => {
    const nowhere = openDatabase({
      connectionString: 'postgres://nobody@127.0.0.1:1/nothing',
      maxConnections: 1,
    });
    const errors: unknown[] = [];
    const budget = storedBookingBudget(nowhere, {
      calendarConnectionId: crypto.randomUUID(),
      windows: PAID,
      onError: (error) => errors.push(error),
    });
    await budget.take();
    expect(await budget.wait()).toBe(0);
    expect(errors).toHaveLength(2);
    await nowhere.destroy();
  });
});

describe('a budget', () => {
  it('never lets more through than its windows, whenever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 60 }),
        fc.array(
          fc.record({
            limit: fc.integer({ min: 1, max: 6 }),
            window: fc.integer({ min: 1_000, max: 300_000 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        async (pauses, windows) => {
          let now = 1_000_000_000;
          const sent: number[] = [];
          const budget = memoryBudget(windows, () => new Date(now));
          for (const pause of pauses) {
            now += pause;
            const wait = await budget.wait();
            const taken = await budget.take().then(
              () => true,
              () => false,
            );
            // And when the wait is over, there is room.
            const before = { sent: sent.map((at) => new Date(at)), refusedUntil: null };
            expect(waitOf({ ...before, now: new Date(now + wait) }, windows)).toBe(0);
            expect(taken).toBe(wait === 0);
            if (taken) sent.push(now);
          }
          for (const { limit, window } of windows) {
            for (const at of sent) {
              expect(
                sent.filter((other) => other > at - window && other <= at).length,
              ).toBeLessThanOrEqual(limit);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
