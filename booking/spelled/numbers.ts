import type { Atom } from './atom.ts';
import type { Lexicon } from './lexicon.ts';
import { saidAt } from './words.ts';
import type { Word } from './words.ts';

const DIGITS = /^\d+$/;

/**
 * Reads one number as digits: "7", "seven", "twenty three", "two hundred and five", "two thousand
 * three". "Oh" is a nought or a letter: what stands beside it tells.
 *
 * @param options.isOne one digit only: the seven of "double seven eleven"
 */
export function readNumber(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
  options: { isOne: boolean } = { isOne: false },
): { atoms: Atom[]; length: number } | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  if (lexicon.oh.at(words, index)) return found('oh', '0', 1);
  if (DIGITS.test(word.key)) {
    return options.isOne && word.key.length > 1 ? undefined : found('number', word.key, 1);
  }
  const counted = lexicon.numbers.at(words, index);
  if (counted && options.isOne) {
    return counted.meaning < 10
      ? found('number', String(counted.meaning), counted.length)
      : undefined;
  }
  const head = readBelowThousand(words, index, lexicon);
  if (head === undefined) return undefined;
  const thousand = lexicon.multipliers.at(words, index + head.length);
  const isThousand = thousand?.meaning === 1000;
  if (!isThousand) return found('number', String(head.value), head.length, head.other);
  let length = head.length + thousand.length;
  const and = lexicon.numberAnd.at(words, index + length);
  const rest = readBelowThousand(words, index + length + (and?.length ?? 0), lexicon);
  const isRest = rest !== undefined && rest.length > 0 && words[index + length]?.pause === false;
  if (!isRest) {
    return found('number', String(head.value * 1000), length);
  }
  length += (and?.length ?? 0) + rest.length;
  return found('number', String(head.value * 1000 + rest.value), length);

  function found(kind: 'number' | 'oh', text: string, length: number, other?: string) {
    const said = saidAt(words, index, length);
    const others = other === undefined ? {} : { others: [other] };
    return { atoms: [{ kind, text, said, pause: false, ...others }], length };
  }
}

function readBelowThousand(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): { value: number; length: number; other?: string } | undefined {
  const counted = lexicon.numbers.at(words, index);
  if (counted && counted.meaning >= 100) return readRest(counted.meaning, counted.length);
  let length = counted?.length ?? 0;
  const hundred = lexicon.multipliers.at(words, index + length);
  const isJoined = counted === undefined || words[index + length]?.pause === false;
  if (hundred?.meaning !== 100 || !isJoined) {
    if (counted) return { value: counted.meaning, length };
    return hundred?.meaning === 1000 ? { value: 1, length: 0 } : undefined;
  }
  const hundreds = (counted?.meaning ?? 1) * 100;
  length += hundred.length;
  return readRest(hundreds, length);

  function readRest(whole: number, wholeLength: number) {
    const and = whole < 1000 ? lexicon.numberAnd.at(words, index + wholeLength) : undefined;
    const start = index + wholeLength + (and?.length ?? 0);
    const rest = whole < 1000 ? lexicon.numbers.at(words, start) : undefined;
    const isPaused = words[index + wholeLength]?.pause === true;
    if (rest === undefined || rest.meaning >= 100 || isPaused) {
      return { value: whole, length: wholeLength };
    }
    const total = wholeLength + (and?.length ?? 0) + rest.length;
    // "Eight hundred five": 805 or, as the start of a longer number, 800 5.
    const isOpen =
      and === undefined && rest.meaning < 10 && lexicon.numbers.at(words, index + total);
    const other = isOpen ? { other: `${whole}${rest.meaning}` } : {};
    return { value: whole + rest.meaning, length: total, ...other };
  }
}
