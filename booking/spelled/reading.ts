/** What was made of words in which something may have been spelled. */
export type Reading =
  /** Nothing was spelled: the words as they were given. */
  | { kind: 'as-given'; written: string }
  /** Made of a spelling: to be read back before it is used. */
  | { kind: 'read'; written: string }
  /** Up to three ways to write it; the caller is asked which, or whether it is the one. */
  | { kind: 'choice'; readings: readonly string[] }
  /** Words that could not be read: they are left, and asked about. */
  | { kind: 'unclear'; words: readonly string[] };

/** Of the longest address, each letter told by a phrase: nobody spells more. */
export const LONGEST_SPELLING = 5_000;
/** Who is told more than three readings cannot choose by ear. */
const MOST_READINGS = 3;

/** The reading that several ways to understand the words come to. */
export function toReading(
  readings: readonly string[],
  doubtful: readonly string[],
): Reading | undefined {
  const [first, ...others] = readings;
  if (first === undefined) return undefined;
  if (others.length === 0) return { kind: 'read', written: first };
  if (readings.length <= MOST_READINGS) return { kind: 'choice', readings };
  return { kind: 'unclear', words: doubtful };
}
