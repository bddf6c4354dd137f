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
  /** Letters and digits: whether they cannot be meant otherwise. Others: whether the words are no others. */
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

/** What begins at a word, and how many words it takes. */
export interface Found {
  atoms: Atom[];
  length: number;
}
