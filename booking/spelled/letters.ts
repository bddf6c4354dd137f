import type { Found } from './atom.ts';
import type { Lexicon } from './lexicon.ts';
import { saidAt } from './words.ts';
import type { Word } from './words.ts';

const LETTER = /^\p{L}\p{M}*$/u;

/** A letter by its name, with its accent and its example. */
export function readLetter(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  const phrase = lexicon.letters.at(words, index);
  const single = LETTER.test(word.key) ? { meaning: word.key, length: 1 } : undefined;
  const homophone = lexicon.homophones.at(words, index);
  const letter = phrase ?? single ?? homophone ?? lexicon.misheard.at(words, index);
  if (letter === undefined) return undefined;
  let length = letter.length;
  const accent = lexicon.accents.at(words, index + length);
  const made = accent?.meaning.get(letter.meaning);
  if (accent && made) length += accent.length;
  const example = readExample(words, index + length, letter.meaning, lexicon);
  if (!phrase && !single && !homophone && !example?.isSure) return undefined;
  length += example?.length ?? 0;
  const [text = letter.meaning, ...others] = made ?? [letter.meaning];
  if (example?.initial !== undefined) others.push(example.initial);
  const repeat = phrase && lexicon.repeats.at(words, index);
  const doubled = words[index + (repeat?.length ?? 0)]?.key.charAt(0).replace('y', 'u') ?? '';
  const isBare = !phrase && !single && !example && !made;
  const isCapital = lexicon.capital.at(words, index + length);
  const isLast = isCapital && !isLetterAt(words, index + length + isCapital.length, lexicon);
  if (isLast) length += isCapital.length;
  return {
    atoms: [
      {
        kind: isBare ? 'homophone' : 'letter',
        text,
        said: saidAt(words, index, length),
        pause: false,
        isSure: phrase !== undefined || made !== undefined || example?.isSure === true,
        ...(others.length > 0 ? { others } : {}),
        ...(isLast ? { isCapital: true } : {}),
        ...(repeat ? { doubled: doubled.repeat(repeat.meaning) } : {}),
      },
    ],
    length,
  };
}

/** "Capital s" in "m a r y capital s": the capital belongs to the letter behind it. */
function isLetterAt(words: readonly Word[], index: number, lexicon: Lexicon): boolean {
  const word = words[index];
  if (word === undefined || word.pause) return false;
  return LETTER.test(word.key) || lexicon.letters.at(words, index) !== undefined;
}

/** "As in mike", "for mike", or the code word itself: "m mike". */
function readExample(
  words: readonly Word[],
  index: number,
  letter: string,
  lexicon: Lexicon,
): { length: number; isSure: boolean; initial?: string } | undefined {
  const strong = lexicon.examples.at(words, index);
  const weak = lexicon.weakExamples.at(words, index);
  const connector = strong ?? weak;
  if (connector === undefined) {
    const code = lexicon.codes.at(words, index);
    const isSame = code?.meaning.letter === letter && !code.meaning.isName;
    return isSame ? { length: code.length, isSure: true } : undefined;
  }
  let length = connector.length;
  const article = lexicon.articles.at(words, index + length);
  if (article && words[index + length + article.length]) length += article.length;
  const example = words[index + length];
  if (example === undefined || example.key.length < 2) return undefined;
  // "E de ere": the next letter, and no example.
  if (!strong && lexicon.letters.at(words, index + length)) return undefined;
  const code = lexicon.codes.at(words, index + length);
  const initial = code?.meaning.letter ?? firstLetter(example.key);
  const begins = bare(firstLetter(example.key));
  const fits = initial === letter || begins === bare(letter) || saysLetter(example.key, letter);
  length += code?.length ?? 1;
  if (fits) return { length, isSure: strong !== undefined || code !== undefined };
  // "F as in sam", "q like boy": one of them was misheard.
  const isMisheard = (strong ?? code) !== undefined && /^\p{L}/u.test(initial);
  return isMisheard ? { length, isSure: strong !== undefined, initial } : undefined;
}

/** "X as in extra": the name of the letter is what the word begins with. */
function saysLetter(word: string, letter: string): boolean {
  return letter === 'x' && word.startsWith('ex');
}

/** A word of a spelling alphabet. */
export function readCode(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const code = lexicon.codes.at(words, index);
  return (
    code && {
      atoms: [
        {
          kind: 'code',
          text: code.meaning.letter,
          said: saidAt(words, index, code.length),
          pause: false,
          isSure: !code.meaning.isName,
          isFirstName: code.meaning.isFirstName,
        },
      ],
      length: code.length,
    }
  );
}

function firstLetter(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 0);
}

/** Without its accent: "ü wie übermut" and "ü wie uhu" both fit. */
function bare(letter: string): string {
  return letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
}
