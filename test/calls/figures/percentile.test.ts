import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS } from '../../../db/figures/buckets.ts';
import { percentile } from '../../../calls/figures/percentile.ts';

/** As the database counts them. */
function countsOf(times: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const time of times) {
    const bucket = String(BUCKETS.findLast((bound) => bound <= time));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

test('is within a tenth of the times themselves', () => {
  const times = fc.array(fc.integer({ min: 20, max: 100_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(times, fc.constantFrom(50, 95), (all, percent) => {
      const sorted = all.toSorted((one, other) => one - other);
      const exact = sorted[Math.ceil((percent / 100) * all.length) - 1] ?? 0;
      const read = percentile(countsOf(all), percent) ?? 0;
      expect(Math.abs(read - exact)).toBeLessThanOrEqual(exact * 0.1 + 2);
    }),
  );
});

test('of two days is that of all their answers, and no mean of two', () => {
  const days = [Array.from({ length: 95 }, () => 500), Array.from({ length: 5 }, () => 9_000)];
  const read = percentile(countsOf(days.flat()), 95) ?? 0;
  expect(read).toBeGreaterThan(450);
  expect(read).toBeLessThan(560);
});

test('is nothing of nothing', () => {
  expect(percentile(new Map(), 95)).toBeNull();
});
