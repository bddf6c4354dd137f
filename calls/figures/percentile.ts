import { BUCKETS } from '../../db/figures/buckets.ts';

/**
 * So many of a hundred took this long or less: read from counts by bucket, evenly within a bucket.
 *
 * @param counts by the beginning of each bucket, in milliseconds
 * @returns milliseconds; null of nothing
 */
export function percentile(counts: ReadonlyMap<string, number>, percent: number): number | null {
  const buckets = [...counts]
    .map(([from, count]) => ({ from: Number(from), count }))
    .toSorted((one, other) => one.from - other.from);
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  const wanted = (percent / 100) * all;
  let before = 0;
  for (const { from, count } of buckets) {
    if (before + count >= wanted) {
      const to = BUCKETS.find((bound) => bound > from) ?? from;
      return Math.round(from + (to - from) * ((wanted - before) / count));
    }
    before += count;
  }
  return buckets.at(-1)?.from ?? null;
}
