/** Of each to the next: a percentile read from the buckets is off by half of it at most. */
const GROWTH = 1.1;
const LONGEST = 120_000;

/**
 * Where the buckets of times begin, in milliseconds. A bucket is kept by its beginning, and the counts
 * of several days are added up: percentiles of a year are those of its answers, and no mean of
 * percentiles.
 */
export const BUCKETS: readonly number[] = begin();

function begin(): number[] {
  const bounds = [0];
  for (let bound = 20; bound <= LONGEST; bound *= GROWTH) bounds.push(Math.round(bound));
  return bounds;
}
