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
};

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
  if (/^[@._+-]$/.test(word)) return word;
  return SIGNS[word];
}
