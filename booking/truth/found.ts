/** Words that were read, and where in the sentence they stand: from `start` to before `end`. */
export interface Found<Value> {
  start: number;
  end: number;
  value: Value;
}

/** Whether two stretches of a sentence share a character. */
export function overlaps(
  one: Pick<Found<unknown>, 'start' | 'end'>,
  other: Pick<Found<unknown>, 'start' | 'end'>,
): boolean {
  return one.start < other.end && other.start < one.end;
}
