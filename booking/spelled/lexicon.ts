import { ENGLISH } from './languages/english.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { ITALIAN } from './languages/italian.ts';
import type { SpellingLanguage } from './languages/language.ts';
import { PORTUGUESE } from './languages/portuguese.ts';
import { SPANISH } from './languages/spanish.ts';
import { listed, Phrases } from './phrases.ts';

const LANGUAGES: Record<string, SpellingLanguage> = {
  de: GERMAN,
  es: SPANISH,
  fr: FRENCH,
  it: ITALIAN,
  pt: PORTUGUESE,
};

/** Behind a code word that is a first name too. */
const FIRST_NAME = '*';

/** A word of a spelling alphabet; `isName` where people also say it for itself. */
export interface CodeWord {
  letter: string;
  isName: boolean;
  /** Of an alphabet that everybody knows, and a first name too: "mike". */
  isFirstName: boolean;
}

/** A sign; `isWord` where its name is a word too. */
export interface Sign {
  sign: string;
  isWord: boolean;
}

/** The phrases that spelling is made of, as callers of an agent say them. */
export interface Lexicon {
  letters: Phrases<string>;
  homophones: Phrases<string>;
  misheard: Phrases<string>;
  codes: Phrases<CodeWord>;
  signs: Phrases<Sign>;
  numbers: Phrases<number>;
  multipliers: Phrases<number>;
  numberAnd: Phrases<true>;
  oh: Phrases<true>;
  repeats: Phrases<number>;
  capital: Phrases<true>;
  small: Phrases<true>;
  examples: Phrases<true>;
  weakExamples: Phrases<true>;
  articles: Phrases<true>;
  /** What an accent makes of letters; several results are several readings. */
  accents: Phrases<ReadonlyMap<string, readonly string[]>>;
  /** `true` for those that correct wherever they stand. */
  corrections: Phrases<boolean>;
  notes: Phrases<true>;
  labels: Phrases<true>;
  spellings: Phrases<true>;
  breaks: Phrases<true>;
  /** `true` for those that can end an introduction. */
  openers: Phrases<boolean>;
  endings: Phrases<true>;
  unclear: Phrases<true>;
  /** `true` for "with", `false` for "without". */
  withLetter: Phrases<boolean>;
}

/** Made when first asked for: every call reads by the same one. */
const made = new Map<SpellingLanguage, Lexicon>();

/**
 * The lexicon of an agent: English, which people mix in everywhere, and the agent's own language.
 *
 * @param language BCP 47; one that is not known adds nothing
 */
export function lexiconOf(language: string): Lexicon {
  const own = LANGUAGES[language.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
  const lexicon = made.get(own) ?? makeLexicon(own);
  made.set(own, lexicon);
  return lexicon;
}

function makeLexicon(own: SpellingLanguage): Lexicon {
  const sources = own === ENGLISH ? [ENGLISH] : [own, ENGLISH];
  const flat = <Meaning>(
    of: (source: SpellingLanguage) => readonly (readonly [string, Meaning])[],
  ): Phrases<Meaning> => new Phrases(sources.flatMap(of));
  const plain = (of: (source: SpellingLanguage) => string): Phrases<true> =>
    flat((source) => listed(of(source)).map((phrase) => [phrase, true]));
  return {
    letters: flat((source) => spread(source.letters)),
    homophones: flat((source) => spread(source.homophones)),
    misheard: flat((source) => spread(source.misheard)),
    codes: flat((source) => [
      ...spread(source.codeWords).map(([word, letter]) => code(word, letter, false)),
      ...spread(source.codeNames).map(([word, letter]) => code(word, letter, true)),
    ]),
    signs: flat((source) => [
      ...spread(source.signs).map(([word, sign]) => signOf(word, sign, false)),
      ...spread(source.wordSigns).map(([word, sign]) => signOf(word, sign, true)),
    ]),
    numbers: flat(({ numbers }) => [...numbers].flatMap(([value, words]) => pair(words, value))),
    multipliers: flat(({ multipliers }) =>
      Object.entries(multipliers).flatMap(([value, words]) => pair(words, Number(value))),
    ),
    numberAnd: plain(({ numberAnd }) => numberAnd),
    oh: plain(({ oh }) => oh),
    repeats: flat(({ repeats }) =>
      Object.entries(repeats).flatMap(([times, words]) => pair(words, Number(times))),
    ),
    capital: plain(({ capital }) => capital),
    small: plain(({ small }) => small),
    examples: plain(({ examples }) => examples),
    weakExamples: plain(({ weakExamples }) => weakExamples),
    articles: plain(({ articles }) => articles),
    accents: flat(({ accents }) =>
      accents.flatMap(({ phrases, made }) => pair(phrases, readMade(made))),
    ),
    corrections: flat(({ corrections, weakCorrections }) => [
      ...pair(corrections, true),
      ...pair(weakCorrections, false),
    ]),
    notes: plain(({ notes }) => notes),
    labels: plain(({ labels }) => labels),
    spellings: plain(({ spellings }) => spellings),
    breaks: plain(({ breaks }) => breaks),
    openers: flat(({ openers, closers }) => [...pair(closers, true), ...pair(openers, false)]),
    endings: plain(({ endings }) => endings),
    unclear: plain(({ unclear }) => unclear),
    withLetter: flat(({ withLetter, withoutLetter }) => [
      ...pair(withLetter, true),
      ...pair(withoutLetter, false),
    ]),
  };
}

function spread(words: Record<string, string>): (readonly [word: string, meaning: string])[] {
  return Object.entries(words).flatMap(([meaning, phrases]) => pair(phrases, meaning));
}

function pair<Meaning>(phrases: string, meaning: Meaning): (readonly [string, Meaning])[] {
  return listed(phrases).map((phrase) => [phrase, meaning]);
}

function code(word: string, letter: string, isName: boolean): readonly [string, CodeWord] {
  const isFirstName = word.endsWith(FIRST_NAME);
  return [isFirstName ? word.slice(0, -1) : word, { letter, isName, isFirstName }];
}

function signOf(word: string, sign: string, isWord: boolean): readonly [string, Sign] {
  return [word, { sign, isWord }];
}

/** "aá eéè": what becomes of each letter. */
function readMade(made: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    made.split(' ').map((letters) => {
      const [letter = '', ...results] = letters;
      return [letter, results];
    }),
  );
}
