/**
 * How people spell in one language. Phrases are written in small letters, parted by commas; a key is
 * what they stand for.
 */
export interface SpellingLanguage {
  /** Names of letters that are no other words: "zed", "ypsilon". */
  letters: Record<string, string>;
  /** Names of letters that are words too, and letters only among letters: "are", "why", "be". */
  homophones: Record<string, string>;
  /** Words that are heard for the name of a letter; letters only where an example follows: "and as in nancy". */
  misheard: Record<string, string>;
  /** Words of spelling alphabets that hardly anybody says for another reason: "foxtrot". A star marks first names: "mike*". */
  codeWords: Record<string, string>;
  /** Words of spelling alphabets that are names and the like: "john", "martha". */
  codeNames: Record<string, string>;
  /** Signs that can be nothing else: "underscore". */
  signs: Record<string, string>;
  /** Signs that are words too: "at", "dot", "point". */
  wordSigns: Record<string, string>;
  /** Numbers from 0 to 99, and hundreds and years of one word, by value. */
  numbers: ReadonlyMap<number, string>;
  /** "hundred", "thousand". */
  multipliers: Record<number, string>;
  /** Between parts of a number: "and". */
  numberAnd: string;
  /** A nought in numbers and a letter elsewhere: "oh". */
  oh: string;
  /** How often what follows stands: "double". */
  repeats: Record<number, string>;
  /** "capital m". */
  capital: string;
  /** "small m". */
  small: string;
  /** "m as in mike". */
  examples: string;
  /** They are examples where the word that follows begins with the letter: "m for mike". */
  weakExamples: string;
  /** Between the example's phrase and its word: "the". */
  articles: string;
  /** What stands behind a letter and changes it: "umlaut" makes ä of a; `made` pairs letters with what they become. */
  accents: readonly { phrases: string; made: string }[];
  /** What came before was wrong: "no wait". */
  corrections: string;
  /** The same, where a letter or a pause shows it: "no". */
  weakCorrections: string;
  /** They say how it is written, and nothing of it: "all lower case", and what people say while they think. */
  notes: string;
  /** Before a letter or digit they add nothing: "the letter"; elsewhere they are words. */
  labels: string;
  /** Between a word and its spelling: "spelled". */
  spellings: string;
  /** A space, or the next name: "new word". */
  breaks: string;
  /** They come before what is spelled; the last one of them is a closer. */
  openers: string;
  /** The last word of an introduction: "is". */
  closers: string;
  /** Behind what is spelled: "that's it". */
  endings: string;
  /** How something is written, but not what: "slash". They are asked about. */
  unclear: string;
  /** "mary with a y", "anna with two". */
  withLetter: string;
  withoutLetter: string;
}
