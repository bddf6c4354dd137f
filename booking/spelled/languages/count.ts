/** The words of a language for the numbers from 0 to 99. */
export function countBy(words: {
  /** From 0 on; variants parted by commas. */
  upToNineteen: readonly string[];
  /** From 20 on. */
  tens: readonly string[];
  /** From 1 on, as they stand beside tens. */
  units: readonly string[];
  join: (ten: string, unit: string) => string;
}): ReadonlyMap<number, string> {
  const numbers = new Map(words.upToNineteen.map((word, value) => [value, word]));
  for (const [index, ten] of words.tens.entries()) {
    const value = 10 * (index + 2);
    numbers.set(value, ten);
    for (const [offset, unit] of words.units.entries()) {
      numbers.set(value + offset + 1, words.join(ten, unit));
    }
  }
  return numbers;
}
