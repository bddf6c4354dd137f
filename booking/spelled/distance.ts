/** Texts that differ in length by more than this are not compared: they are far apart anyway. */
const FARTHEST = 8;

/**
 * How many letters must be put in, left out, exchanged or swapped with their neighbour to make one text of
 * the other (optimal string alignment). Bounded: what is far apart is `Infinity`.
 */
export function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > FARTHEST || one.length > 64) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwapped) {
        least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? Infinity;
}
