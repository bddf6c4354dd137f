import { readNumber } from '../number-words.ts';

/** Marks a word that was spelled in a text whose spellings were joined. */
const SPELLED_MARK = '\uE000';

const EXAMPLE = "(?:,? (?:as in|for|like) [a-z'-]+)?";
const LETTER = `(?:double[ -](?:u|you)\\b|(?:double |triple |capital )?(?:[a-z]\\b(?!')|zed\\b|zee\\b)${EXAMPLE})`;
const RUN = new RegExp(`(?<![\\w'])${LETTER}(?:[ ,.-]+${LETTER})+(?![\\w'])`, 'gi');
/** "Bennett, that's b e n": what is spelled is the word before. */
const SAID_BEFORE = new RegExp(
  `\\b((\\p{L})[\\p{L}'-]*),? (?:that's|that is|which is|it's|spelled)(?: spelled)? (?=${SPELLED_MARK}\\2)`,
  'giu',
);
const HYPHENATED = /^[a-z](?:[-.][a-z])+$/i;

/**
 * Writes spelled words as words: "m a r y", "M-A-R-Y", "s as in sam, u, e". At least three letters,
 * or two with a hyphen, an example or their word before them, are a spelling. Each is marked.
 */
export function joinSpellings(text: string): string {
  const joined = text.replace(RUN, (run: string, offset: number) => {
    const letters = wordsOf(run).map(lettersOf);
    const all = letters.join('');
    const before = /(\p{L}+)\P{L}*$/u.exec(text.slice(0, offset))?.[1]?.toLowerCase();
    const isPair = HYPHENATED.test(run) || / as in /i.test(run) || before === all;
    if (all.length < 2 || (all.length === 2 && !isPair)) return run;
    return letters.map((word) => `${SPELLED_MARK}${capitalize(word)}`).join(' ');
  });
  return joined.replace(SAID_BEFORE, '$1 ');
}

/** A word of a text whose spellings were joined: whether it was spelled, or has a capital. */
export function readMark(marked: string): { word: string; isSpelled: boolean; isWritten: boolean } {
  const word = marked.replaceAll(SPELLED_MARK, '');
  return { word, isSpelled: marked !== word, isWritten: /^\p{Lu}/u.test(word) };
}

/** Ways to say a letter or a sign, and words that only tell how something is written. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z]),? (?:as in|for|like) [a-z'-]+/g, '$1'],
  [/\bdouble[ -](?:u|you)\b/g, 'w'],
  [/\bze[de]\b/g, 'z'],
  [/\bfull stop\b/g, 'dot'],
  [/\bunder score\b/g, 'underscore'],
  [/\b(?:capital|letter)\b/g, ''],
];
const SIGNS = new Map(
  "dot . point . period . underscore _ dash - hyphen - minus - plus + apostrophe ' oh 0"
    .split(/ (?=[a-z])/)
    .map((pair) => pair.split(' ') as [string, string]),
);

export function isSign(word: string, sign?: string): boolean {
  return SIGNS.has(word) && (sign === undefined || SIGNS.get(word) === sign);
}

/** Joins spoken letters, digits and signs: "m as in mike" is m, "double seven" 77, "seventy two" 72. */
export function writeSpoken(text: string): string {
  let said = text.toLowerCase();
  for (const [way, written] of SAID) said = said.replace(way, written);
  let times = 1;
  let joined = '';
  let before = '';
  for (const word of said.split(/[\s,]+/)) {
    if (word === 'double' || word === 'triple') {
      times = word === 'double' ? 2 : 3;
      continue;
    }
    const number = /\d/.test(word) ? null : readNumber([word]);
    const isUnit = number !== null && number > 0 && number < 10 && before.endsWith('ty');
    joined = isUnit
      ? joined.replace(/0$/, String(number))
      : joined + (SIGNS.get(word) ?? String(number ?? word)).repeat(times);
    before = word;
    times = 1;
  }
  return joined;
}

/** The letters and digits that were said. */
export function lettersOf(spelled: string): string {
  return writeSpoken(spelled.replace(/(?<=[a-z])[-.](?=[a-z]\b)/gi, ' ')).replace(/[^a-z\d]/g, '');
}

/** "Mary" as it is read back: "M-A-R-Y". */
export function spellOut(word: string): string {
  return (word.toUpperCase().match(/\p{L}/gu) ?? []).join('-');
}

export function capitalize(word: string): string {
  return /\p{Lu}/u.test(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** "m a r y, s m i t h" and "M-A-R-Y S-M-I-T-H" are two words; "m, a, r, y" is one. */
function wordsOf(run: string): string[] {
  const cuts = [/, */, / (?=\w-)|(?<=-\w) /].map((separator) => run.split(separator));
  const isCut = (words: readonly string[]): boolean =>
    words.length > 1 && words.every((word) => lettersOf(word).length > 1);
  return cuts.find(isCut) ?? [run];
}
