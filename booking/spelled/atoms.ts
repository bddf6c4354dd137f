import type { Lexicon } from './lexicon.ts';
import { readNumber } from './numbers.ts';
import { saidAt } from './words.ts';
import type { Word } from './words.ts';

/** The smallest part of a spelling. */
export interface Atom {
  kind: AtomKind;
  /** What it stands for: letters, a sign, digits, or the word itself. */
  text: string;
  /** As it was said. */
  said: string;
  pause: boolean;
  /** Other readings of the same words. */
  others?: readonly string[];
  /** Letters and digits: whether they cannot be meant otherwise. Signs, corrections: whether the words are no others. */
  isSure?: boolean;
  /** A letter that was told to be a capital. */
  isCapital?: boolean;
  /** A word of a spelling alphabet that is a first name too: "mike". */
  isFirstName?: boolean;
  /** "Double n": who says so may mean two u by "double u": `doubled` there. */
  isRepeated?: boolean;
  doubled?: string;
  /** Letters that were written as one word: "M-A-R-Y". */
  isWhole?: boolean;
}

export type AtomKind =
  | 'letter'
  /** A word of a spelling alphabet. */
  | 'code'
  /** A word that sounds like a letter. */
  | 'homophone'
  | 'sign'
  | 'number'
  /** Nought or O. */
  | 'oh'
  | 'word'
  /** "With a y": `text` is the letters, `isSure` tells with from without. */
  | 'with'
  | 'break'
  | 'spelling'
  | 'correction'
  | 'unclear';

interface Found {
  atoms: Atom[];
  length: number;
}

/** Letters and digits that a recogniser joins with hyphens or dots. */
const JOINED = /^[\p{L}\d](?:[-.][\p{L}\d])+$/u;

/**
 * Cuts words into atoms. Words that only tell how something is written leave none.
 *
 * @param options.names whether a name is read: there "J.R.R." and "J-P" are initials
 */
export function readAtoms(
  words: readonly Word[],
  lexicon: Lexicon,
  options: { names: boolean },
): Atom[] {
  const atoms: Atom[] = [];
  let pause = false;
  for (let index = 0; index < words.length;) {
    const word = words[index];
    if (word === undefined) break;
    const found = readJoined(word, options) ?? readAt(words, index, lexicon);
    const [first, ...rest] = found.atoms;
    pause ||= word.pause;
    if (first) {
      atoms.push({ ...first, pause }, ...rest);
      pause = false;
    }
    index += found.length;
  }
  return atoms.some(({ kind, isRepeated }) => kind === 'letter' && isRepeated === true)
    ? atoms.map(orDoubled)
    : atoms;
}

/** W is two u as well, where the caller doubles other letters so. */
function orDoubled(atom: Atom): Atom {
  const { others = [], doubled } = atom;
  return doubled === undefined ? atom : { ...atom, others: [...others, doubled] };
}

/** "M-A-R-Y", "m.a.r.y": in an address dots, and one hyphen, may be parts of it. */
function readJoined(word: Word, { names }: { names: boolean }): Found | undefined {
  if (!JOINED.test(word.key)) return undefined;
  const letters = word.key.replaceAll(/[-.]/g, '');
  const isDotted = word.key.includes('.');
  if (names && letters.length < (isDotted ? 4 : 3)) return undefined;
  const isDoubtful = !names && (isDotted || letters.length < 3);
  return {
    atoms: [
      {
        kind: 'letter',
        text: letters,
        said: word.said,
        pause: word.pause,
        isSure: true,
        isWhole: true,
        ...(isDoubtful ? { others: [word.key] } : {}),
      },
    ],
    length: 1,
  };
}

function readAt(words: readonly Word[], index: number, lexicon: Lexicon): Found {
  const word = words[index];
  const said = word?.said ?? '';
  const one = (kind: AtomKind, text: string, length: number, more: Partial<Atom> = {}): Found => ({
    atoms: [{ kind, text, said: saidAt(words, index, length), pause: false, ...more }],
    length,
  });

  const repeated = readRepeat(words, index, lexicon);
  if (repeated) return repeated;
  if (/^[@._+'-]$/.test(said)) return one('sign', said, 1, { isSure: true });
  const cased = readCased(words, index, lexicon);
  if (cased) return cased;
  const label = lexicon.labels.at(words, index);
  if (label && readUnit(words, index + label.length, lexicon)) {
    return { atoms: [], length: label.length };
  }
  const unit = readUnit(words, index, lexicon);
  const longest = unit?.length ?? 0;
  const correction = lexicon.corrections.at(words, index);
  const note = lexicon.notes.at(words, index);
  if (note && note.length > longest && note.length >= (correction?.length ?? 0)) {
    return { atoms: [], length: note.length };
  }
  if (correction && correction.length > longest) {
    const { length, meaning } = correction;
    return one('correction', '', length, { isSure: meaning });
  }
  const spelling = lexicon.spellings.at(words, index);
  if (spelling && spelling.length > longest) return one('spelling', '', spelling.length);
  const gap = lexicon.breaks.at(words, index);
  if (gap && gap.length > longest) return one('break', '', gap.length);
  if (unit) return unit;
  const clause = readWithLetter(words, index, lexicon);
  if (clause) return clause;
  const sign = lexicon.signs.at(words, index);
  if (sign) return one('sign', sign.meaning.sign, sign.length, { isSure: !sign.meaning.isWord });
  const unclear = lexicon.unclear.at(words, index);
  if (unclear) return one('unclear', '', unclear.length);
  return one('word', said, 1);
}

/** A letter, a code word, digits: what can be doubled, labelled and told to be a capital. */
function readUnit(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
  return (
    readHundred(words, index, lexicon) ??
    readLetter(words, index, lexicon) ??
    readNumber(words, index, lexicon) ??
    readCode(words, index, lexicon)
  );
}

/** "A hundred": no letter stands there. */
function readHundred(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
  const article = lexicon.articles.at(words, index);
  if (!article || !lexicon.multipliers.at(words, index + article.length)) return undefined;
  const number = readNumber(words, index + article.length, lexicon);
  return number && { ...number, length: article.length + number.length };
}

function readLetter(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  const phrase = lexicon.letters.at(words, index);
  const single = /^\p{L}\p{M}*$/u.test(word.key) ? { meaning: word.key, length: 1 } : undefined;
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
  const isLast = isCapital && !readLetterWord(words, index + length + isCapital.length, lexicon);
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
  const fits =
    initial === letter ||
    firstLetter(example.key) === bare(letter) ||
    saysLetter(example.key, letter);
  length += code?.length ?? 1;
  if (fits) return { length, isSure: strong !== undefined || code !== undefined };
  // "F as in sam": one of them was misheard.
  const isMisheard = strong !== undefined && /^\p{L}/u.test(initial);
  return isMisheard ? { length, isSure: true, initial } : undefined;
}

/** "X as in extra": the name of the letter is what the word begins with. */
function saysLetter(word: string, letter: string): boolean {
  return letter === 'x' && word.startsWith('ex');
}

function readCode(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
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

/** "Double n", "triple seven", "double n as in november". */
function readRepeat(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
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

/** "Capital m", "small b". Before a word that is no letter they tell of its first one, or are part of it. */
function readCased(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
  const capital = lexicon.capital.at(words, index);
  const marked = capital ?? lexicon.small.at(words, index);
  if (marked === undefined) return undefined;
  const letter = readLetterWord(words, index + marked.length, lexicon);
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

function readLetterWord(words: readonly Word[], index: number, lexicon: Lexicon) {
  if (words[index]?.pause === true) return undefined;
  return readLetter(words, index, lexicon);
}

/** "With a y", "with two n", "without an h": letters that follow are few. */
function readWithLetter(
  words: readonly Word[],
  index: number,
  lexicon: Lexicon,
): Found | undefined {
  const clause = lexicon.withLetter.at(words, index);
  if (clause === undefined) return undefined;
  let length = clause.length;
  let times = 1;
  const count = lexicon.numbers.at(words, index + length);
  const plural = /^(\p{L})'?s$/u.exec(words[index + length + (count?.length ?? 0)]?.key ?? '');
  if (count && count.meaning > 0 && count.meaning < 4) {
    times = count.meaning;
    length += count.length;
  }
  let text = '';
  if (plural?.[1] !== undefined && times > 1) {
    text = plural[1];
    length += 1;
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

function firstLetter(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 0);
}

/** Without its accent: "ü wie übermut" and "ü wie uhu" both fit. */
function bare(letter: string): string {
  return letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
}
