/** How a language says that something is done, free or yet to come. */
export interface Lexicon {
  language: string;
  claims: {
    /** An appointment stands or was made. */
    booked: RegExp;
    moved: RegExp;
    cancelled: RegExp;
    /** A time can be had; with times, or without. */
    free: RegExp;
    notFree: RegExp;
    /** Somebody else has an appointment. */
    other: RegExp;
  };
  /** Makes a claim its opposite, in the same clause. */
  negation: RegExp;
  /** Stands right before a claim that is not one yet: "could have", "would have been". */
  unreal: RegExp;
  /** Where its clause begins so, nothing is claimed. */
  condition: RegExp;
  /** The caller's words, or somebody's. */
  reported: RegExp;
  /** A question from its first word on. */
  question: RegExp;
  /** A question that offers a time all the same: "how about". */
  proposal: RegExp;
  /** "That is free", of a time that was said before. */
  freeAlone: RegExp;
  /** What the agent is about to do: its times are no promise yet. */
  intention: RegExp;
  /** At the end of a statement: "..., right?" */
  tag: RegExp;
  /** When the business is open: its times are no offer. */
  beside: RegExp;
  /** Words that may make a claim of a sentence: the beginning of one is waited for to its end. */
  vocabulary: readonly string[];
  /** Words after which a claim may follow at once: they are heard together with what follows. */
  leads: readonly string[];
  /** Frequent words, by which a sentence's language is told. */
  frequent: readonly string[];
  times: TimeWords;
}

/** How a language says times. All in lower case. */
export interface TimeWords {
  numbers: Readonly<Record<string, number>>;
  /** Before a number that is a clock time: "at". */
  before: string;
  /** After it: "o'clock". */
  after: string;
  /** Between hour and minutes, beside the colon: "h", "heures". */
  between: string;
  /** After a number that `before` marks as a clock time; alone it is a duration. */
  afterBefore: string;
  /** After the hour: half past it. */
  halfAfter: string | null;
  /** Before the hour: half before it in German, half past it in English. */
  halfBefore: { words: string; minutes: number } | null;
  quarters: { past: string | null; to: string | null };
  quartersAfter: { past: string | null; to: string | null };
  noon: string;
  midnight: string;
  am: string;
  pm: string;
  today: string;
  tomorrow: string;
  dayAfterTomorrow: string;
  /** Names of days beside the long ones of Intl. */
  weekdays?: readonly string[];
  /** Between day and month: "de". */
  of: string;
  /** After the number of a day: "th". */
  ordinal: string;
}

/** A pattern of whole words in lower case, however they are written; spaces stand for any space. */
export function words(...patterns: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])(?:${oneOf(patterns)})(?![\\p{L}\\d])`, 'giu');
}

/** A pattern at the beginning of a clause. */
export function opening(...patterns: string[]): RegExp {
  return new RegExp(`^[\\s¿¡"“«']*(?:${oneOf(patterns)})`, 'iu');
}

function oneOf(patterns: readonly string[]): string {
  return patterns
    .map((pattern) => pattern.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+'))
    .join('|');
}
