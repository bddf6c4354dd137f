const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** ICAO's spelling alphabet, and what callers say for it. */
const ALPHABET =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu';
const VARIANTS = 'alfa juliet whisky x-ray';

const SIGNS: Record<string, string> = {
  at: '@',
  dot: '.',
  point: '.',
  period: '.',
  underscore: '_',
  dash: '-',
  hyphen: '-',
  minus: '-',
  plus: '+',
  apostrophe: "'",
};

/** Signs of several words, as they are said here and there. */
const SIGN_PHRASES: readonly (readonly [words: readonly string[], sign: string])[] = [
  [['at', 'the', 'rate', 'of'], '@'],
  [['at', 'the', 'rate'], '@'],
  [['at', 'sign'], '@'],
  [['full', 'stop'], '.'],
  [['under', 'score'], '_'],
];

/** They say how something is written, and alone they do not say it surely: "twenty three" may be 23 or 203. */
const UNCLEAR = new Set(
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand oh nought double triple capital uppercase lowercase letter digit number sign symbol character space comma colon semicolon slash backslash hash hashtag star asterisk ampersand percent quote bracket'.split(
    ' ',
  ),
);
const SIGN_WORDS_OF_NAMES = new Set(
  'apostrophe hyphen dash dot period underscore minus plus'.split(' '),
);

const LETTER_OF = new Map(
  `${ALPHABET} ${VARIANTS}`.split(' ').map((word) => [word, word.charAt(0)]),
);

/** "7" and "seven" are "7"; undefined for what is no digit. */
export function digitOf(word: string): string | undefined {
  if (/^\d$/.test(word)) return word;
  const digit = DIGITS.indexOf(word);
  return digit === -1 ? undefined : String(digit);
}

/** "mike" is "m"; undefined for a word that is not in the spelling alphabet. */
export function letterOf(word: string): string | undefined {
  return LETTER_OF.get(word);
}

/** "dot" is "."; undefined for what is no sign of an e-mail address. */
export function signOf(word: string): string | undefined {
  if (/^[@._+'-]$/.test(word)) return word;
  return SIGNS[word];
}

/** The sign that several words stand for, and how many there are; undefined where there is none. */
export function signPhraseAt(
  words: readonly string[],
  index: number,
): { sign: string; length: number } | undefined {
  const found = SIGN_PHRASES.find(([phrase]) =>
    phrase.every((word, offset) => words[index + offset]?.toLowerCase() === word),
  );
  return found && { sign: found[1], length: found[0].length };
}

/** Whether a word tells of how something is written, without telling it: such a word is asked about. */
export function isUnclear(word: string, options: { signs: boolean }): boolean {
  return UNCLEAR.has(word) || (!options.signs && SIGN_WORDS_OF_NAMES.has(word));
}
