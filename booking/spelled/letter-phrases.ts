import type { Found } from './atom.ts';
import { readCode, readLetter } from './letters.ts';
import type { Lexicon } from './lexicon.ts';
import { readNumber } from './numbers.ts';
import { saidAt } from './words.ts';
import type { Word } from './words.ts';

/** "Double n", "triple seven", "double n as in november". */
export function readRepeat(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const repeat = lexicon.repeats.at(words, index);
  if (repeat === undefined || lexicon.letters.at(words, index)) return undefined;
  const unit =
    readLetter(words, index + repeat.length, lexicon) ??
    readNumber(words, index + repeat.length, lexicon, { isOne: true }) ??
    readCode(words, index + repeat.length, lexicon);
  const [atom] = unit?.atoms ?? [];
  const isName = atom?.kind === 'code' && atom.isSure !== true;
  if (unit === undefined || atom === undefined || isName) {
    const said = saidAt(words, index, 2);
    return { atoms: [{ kind: 'unclear', text: '', said, pause: false }], length: 1 };
  }
  const length = repeat.length + unit.length;
  const isLetter = atom.kind === 'homophone' || atom.kind === 'code';
  return {
    atoms: [
      {
        ...atom,
        kind: isLetter ? 'letter' : atom.kind,
        text: atom.text.repeat(repeat.meaning),
        said: saidAt(words, index, length),
        isSure: true,
        isRepeated: atom.doubled === undefined,
        ...(atom.others ? { others: atom.others.map((text) => text.repeat(repeat.meaning)) } : {}),
      },
    ],
    length,
  };
}

/** "Twenty two sevens" are none of 22. */
const MOST_SEVERAL = 6;

/** "Three sevens"; "two l's" tells of the word before, as "with two l's" does. */
export function readSeveral(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const count = readNumber(words, index, lexicon, { isOne: true });
  const times = Number(count?.atoms[0]?.text ?? 0);
  const length = (count?.length ?? 0) + 1;
  const plural = words[index + length - 1];
  if (times < 2 || times > MOST_SEVERAL || plural === undefined || plural.pause) return undefined;
  const letter = /^(?:(\p{L})'|([b-df-hj-np-tv-z]))s$/u.exec(plural.key);
  const text = letter?.[1] ?? letter?.[2] ?? digitOf(plural, lexicon);
  if (text === undefined) return undefined;
  const kind = letter === null ? 'number' : 'with';
  const said = saidAt(words, index, length);
  return {
    atoms: [{ kind, text: text.repeat(times), said, pause: false, isSure: true }],
    length,
  };
}

/** What "sevens", "sixes" and "fünfen" are several of. */
function digitOf(word: Word, lexicon: Lexicon): string | undefined {
  // "Eins" is one, and not several of "ein".
  if (lexicon.numbers.at([word], 0)) return undefined;
  const singulars = ['s', 'es', "'s", 'n', 'en'].flatMap((end) =>
    word.key.endsWith(end) ? [word.key.slice(0, -end.length)] : [],
  );
  return singulars
    .map((key) => readNumber([{ ...word, key }], 0, lexicon, { isOne: true })?.atoms[0]?.text)
    .find((text) => text !== undefined);
}

/** "Capital m", "small b". Before a word that is no letter they tell of its first one, or are part of it. */
export function readCased(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const capital = lexicon.capital.at(words, index);
  const marked = capital ?? lexicon.small.at(words, index);
  if (marked === undefined) return undefined;
  const next = index + marked.length;
  const letter = words[next]?.pause === false ? readLetter(words, next, lexicon) : undefined;
  const [atom] = letter?.atoms ?? [];
  if (letter === undefined || atom === undefined) return undefined;
  const length = marked.length + letter.length;
  return {
    atoms: [
      {
        ...atom,
        kind: 'letter',
        said: saidAt(words, index, length),
        isSure: true,
        isCapital: capital !== undefined,
      },
    ],
    length,
  };
}

/** "With a y", "with two n", "without an h": letters that follow are few. */
export function readWithLetter(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const clause = lexicon.withLetter.at(words, index);
  if (clause === undefined) return undefined;
  let length = clause.length;
  let times = 1;
  const several = readSeveral(words, index + length, lexicon);
  const count = lexicon.numbers.at(words, index + length);
  if (!several && count && count.meaning > 0 && count.meaning < 4) {
    times = count.meaning;
    length += count.length;
  }
  let text = '';
  if (several) {
    text = several.atoms[0]?.text ?? '';
    length += several.length;
  } else {
    const repeated = readRepeat(words, index + length, lexicon);
    const first = repeated ?? readLetter(words, index + length, lexicon);
    const pair = /^\p{L}{2}$/u.exec(words[index + length]?.key ?? '')?.[0];
    if (first?.atoms[0]?.kind !== 'letter' && pair === undefined) return undefined;
    text = first?.atoms[0]?.text ?? pair ?? '';
    length += first?.length ?? 1;
    const second = text.length === 1 ? readLetter(words, index + length, lexicon) : undefined;
    if (second?.atoms[0]?.kind === 'letter' && words[index + length]?.pause === false) {
      text += second.atoms[0].text;
      length += second.length;
    }
  }
  const said = saidAt(words, index, length);
  return {
    atoms: [{ kind: 'with', text: text.repeat(times), said, pause: false, isSure: clause.meaning }],
    length,
  };
}
