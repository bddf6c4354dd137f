import type { Word } from './words.ts';

/** What phrases mean, found at a place in a row of words; the longest phrase wins. */
export class Phrases<Meaning> {
  /** By first word, the longest first. */
  readonly #byFirst = new Map<string, { words: readonly string[]; meaning: Meaning }[]>();

  /** Of phrases that are given twice the first one counts. */
  constructor(entries: Iterable<readonly [phrase: string, meaning: Meaning]>) {
    for (const [phrase, meaning] of entries) {
      const words = phrase.split(' ');
      const [first = ''] = words;
      const others = this.#byFirst.get(first) ?? [];
      if (others.some((other) => other.words.join(' ') === phrase)) continue;
      this.#byFirst.set(
        first,
        [...others, { words, meaning }].toSorted((a, b) => b.words.length - a.words.length),
      );
    }
  }

  /** The phrase that begins at an index, spoken without a pause; undefined where there is none. */
  at(words: readonly Word[], index: number): { meaning: Meaning; length: number } | undefined {
    const found = this.#byFirst.get(words[index]?.key ?? '')?.find((phrase) =>
      phrase.words.every((key, offset) => {
        const word = words[index + offset];
        return word?.key === key && (offset === 0 || !word.pause);
      }),
    );
    return found && { meaning: found.meaning, length: found.words.length };
  }
}

/** Phrases of a list that is written with commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
