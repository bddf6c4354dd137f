/** How many symbols must be put in, taken out or changed to make one sequence of the other. */
export function editDistance<T>(from: ArrayLike<T>, to: ArrayLike<T>): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** 1 for the same letters, 0 for none in common; case, spaces and punctuation do not count. */
export function similarity(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.toLowerCase().replace(/[^a-z\d]/g, ''));
  if (left === undefined || right === undefined) return 0;
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 1 : 1 - editDistance(left, right) / longest;
}
