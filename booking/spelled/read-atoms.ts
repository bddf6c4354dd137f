import type { Atom, AtomKind, Found } from './atom.ts';
import { readCased, readRepeat, readSeveral, readWithLetter } from './letter-phrases.ts';
import { readCode, readLetter } from './letters.ts';
import type { Lexicon } from './lexicon.ts';
import { readNumber } from './numbers.ts';
import { saidAt } from './words.ts';
import type { Word } from './words.ts';

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
  for (const [index, atom] of atoms.entries()) {
    if (isCaseOfWord(atoms, index)) atoms[index] = { ...atom, others: [''] };
  }
  return atoms.some(({ kind, isRepeated }) => kind === 'letter' && isRepeated === true)
    ? atoms.map(orDoubled)
    : atoms;
}

/** "Macdonald, capital d": of the word before, or one letter more. */
function isCaseOfWord(atoms: readonly Atom[], index: number): boolean {
  const [before, atom, after] = [atoms[index - 1], atoms[index], atoms[index + 1]];
  if (before?.kind !== 'word' || atom?.isCapital !== true || after?.kind === 'letter') return false;
  return before.text.toLowerCase().includes(atom.text);
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

  const repeated = readRepeat(words, index, lexicon) ?? readSeveral(words, index, lexicon);
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
  // "José with an accent": on which letter is not told.
  const accent = lexicon.accents.at(words, index);
  if (accent && accent.length > 1) return one('unclear', '', accent.length, { isSure: true });
  const clause = readWithLetter(words, index, lexicon);
  if (clause) return clause;
  const sign = lexicon.signs.at(words, index);
  if (sign) return one('sign', sign.meaning.sign, sign.length, { isSure: !sign.meaning.isWord });
  const unclear = lexicon.unclear.at(words, index);
  if (unclear) return one('unclear', '', unclear.length, { isSure: unclear.length > 1 });
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
