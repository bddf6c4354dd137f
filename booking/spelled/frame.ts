import type { Lexicon } from './lexicon.ts';
import { splitWords } from './words.ts';
import type { Word } from './words.ts';

/** The longest phrase that ends a text has so many words. */
const LONGEST_ENDING = 5;

/** Introductions of one word that begin no address. */
const SAID_ALONE = /'|^(?:its|thats|es|sería|apunte|anote|ist|lautet|è|é)$/;

/** Cuts a text into words as the lexicon knows them: "twenty-three" and "double-u" are two words each. */
export function toWords(text: string, lexicon: Lexicon): Word[] {
  const isKnown = (key: string): boolean => {
    const words = [{ said: key, key, pause: false }];
    return Boolean(lexicon.numbers.at(words, 0) ?? lexicon.repeats.at(words, 0));
  };
  return splitWords(
    text,
    (parts) =>
      isPhrase(parts, lexicon) ||
      parts.every((part, index) => {
        const isRepeated = index > 0 && /^\p{L}$/u.test(part);
        return /\D/.test(part) && (isKnown(part) || (isRepeated && isKnown(parts[0] ?? '')));
      }),
  );
}

/** "At-sign", "double-you". */
function isPhrase(parts: readonly string[], lexicon: Lexicon): boolean {
  const words = parts.map((key) => ({ said: key, key, pause: false }));
  const found = lexicon.signs.at(words, 0) ?? lexicon.letters.at(words, 0);
  return found?.length === parts.length;
}

/** How many words introduce what is spelled: "well my e-mail address is"; 0 where they introduce nothing. */
export function introductionLength(words: readonly Word[], lexicon: Lexicon): number {
  let length = 0;
  let index = 0;
  while (index < words.length) {
    const opener = lexicon.openers.at(words, index);
    const found = opener ?? lexicon.notes.at(words, index) ?? lexicon.breaks.at(words, index);
    if (found === undefined) break;
    index += found.length;
    if (opener?.meaning === true) length = index;
  }
  // Alone, "is" and "be" may be anything.
  const isSure = length > 1 || SAID_ALONE.test(words[0]?.key ?? '');
  return isSure && length < words.length ? length : 0;
}

/** The words without what people say behind a spelling: "that's it", "all lower case please". */
export function withoutEnding(words: readonly Word[], lexicon: Lexicon): readonly Word[] {
  let end = words.length;
  while (end > 1) {
    const length = endingLength(words, end, lexicon);
    if (length === 0) break;
    end -= length;
  }
  return words.slice(0, end);
}

function endingLength(words: readonly Word[], end: number, lexicon: Lexicon): number {
  for (let length = Math.min(LONGEST_ENDING, end - 1); length > 0; length--) {
    const start = end - length;
    const found = lexicon.endings.at(words, start) ?? lexicon.notes.at(words, start);
    // Behind a dot stands the end of a domain, whatever it is.
    const isDomain =
      lexicon.signs.at(words, start - 1) !== undefined || words[start - 1]?.said === '.';
    if (found?.length === length && !isDomain) return length;
  }
  return 0;
}
