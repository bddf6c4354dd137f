/** Milliseconds since 1970; the end is not part of it. */
export interface Interval {
  start: number;
  end: number;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export function overlaps(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Sorts, and joins what touches. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last !== undefined && interval.start <= last.end) {
      last.end = Math.max(last.end, interval.end);
    } else merged.push({ ...interval });
  }
  return merged;
}
