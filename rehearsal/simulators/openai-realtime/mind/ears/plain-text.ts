import { ordinalWords, readNumber } from '../number-words.ts';
import type { Listening } from '../mind.ts';

const HOUR = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9]';
const MINUTE =
  'five|ten|fifteen|twenty(?: five)?|thirty(?: five)?|forty(?: five)?|fifty(?: five)?|oh five|[0-5][05]';
/** What follows an hour, and is not the number of something else: "for thirty people". */
const CLOCK_END =
  "(?:o'clock|[ap]\\.?m\\b\\.?|thirty|fifteen|forty[- ]five)(?! (?:minutes|hours|days|weeks|months|years|people|persons|guests|kids|children|dollars|euros|percent|of)\\b)";
const HEARD_NUMBERS: Record<string, string> = {
  to: 'two',
  too: 'two',
  for: 'four',
  won: 'one',
  ate: 'eight',
};
const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december';

const ORDINAL = /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/i;

type Rewrite = readonly [pattern: RegExp, by: string | ((...groups: string[]) => string)];

/** What is written without a sound: quotes, notes of music, words in brackets, hesitation. */
const UNSPOKEN: readonly Rewrite[] = [
  [/[’‘]/g, "'"],
  [/["“”«»]|(?<![\w])'|'(?![\w])/g, ''],
  [/\[[^\]]*\]|\([^)]*\)|[♪♫*\uFFFD]+/g, ' '],
  [/(?:^|[\s,])(?:um+|uh+|erm+|hmm+|mm+)\b[,.]?/gi, ''],
];

const SPELLINGS: readonly Rewrite[] = [
  [/\b(to)-(morrow|day|night)\b/gi, '$1$2'],
  [/\bgood[- ]by(e?)\b/gi, 'goodbye'],
  // Letters that are spelled keep their hyphens, and so do "e-mail" and the digits of a number.
  [/(?<=[a-z]{2})-(?=[a-z]{2}|\d)/gi, ' '],
];

/** Words beside a time that sound like others. */
const TIMES: readonly Rewrite[] = [
  [
    new RegExp(`\\b(${HOUR}|${MINUTE})[,.]? (at|o'|a|p)[- ]?m\\b\\.?`, 'gi'),
    (_, number, half) => `${number} ${/^p/i.test(half) ? 'p' : 'a'} m`,
  ],
  // Nobody comes at eight past the half: that is the beginning of "a m".
  [new RegExp(`\\b(${HOUR}) (fifteen|thirty|forty[- ]five) eight(?=[.,?!]|$)`, 'gi'), '$1 $2 a m'],
  [/\b(half|quarter|ten|five|twenty) passed\b/gi, '$1 past'],
  [/^(?:one|won)(?= (?:is|was) (?:my|our|his|her|the)\b)/i, 'When'],
  [
    new RegExp(
      `\\b(past|to|till|until|after|before|around|at) (to|too|for|won|ate)(?= (?:${CLOCK_END})|[.,?!]?$)`,
      'gi',
    ),
    (_, before, heard) => `${before} ${numberHeard(heard)}`,
  ],
  [/\b(quarter|ten|five|twenty) too\b/gi, '$1 to'],
  [
    new RegExp(
      `(?<=^|[.,?] |\\b(?:at|and|or|say|make it) )(to|too|for|won|ate)(?= (?:${CLOCK_END}))`,
      'gi',
    ),
    (_, heard) => numberHeard(heard),
  ],
  // 330 is a time of day, unless something is counted, numbered or dialled with it.
  [
    /(?<![\d:.,@$#-] ?|\b(?:number|room|suite|apartment|street|code|the|of) )\b([1-9]|1[0-2])(05|[1-5][05])\b(?![\d:@-]|[.,]\d| (?:\d|street|avenue|road|dollars|people|years))/gi,
    '$1:$2',
  ],
  [
    /(?<=\b(?:at|around|after|before|until|till|from) )([1-9]|1[0-2])00\b(?![\d:@-]|[.,]\d| \d)/gi,
    '$1:00',
  ],
  [new RegExp(`\\b(${MONTH})(?: the)? (twenty|thirty)(?:[- ](\\w+))?`, 'gi'), ordinalDay],
];

/** No address ends in these, and they sound as the commonest end does. */
const ADDRESSES: readonly Rewrite[] = [
  [/(?<=\bdot |\w\.)(?:con|calm|come|comb)\b(?=\W*$)/gi, 'com'],
];

/** What a recogniser writes down when it heard nothing of sense: the ends of films it learnt from. */
const NOTHING =
  /^(?:you|thanks? (?:you )?(?:so much |very much )?for (?:watching|listening)(?: .*)?|(?:please )?(?:like and )?subscribe.*|subtitles by .*|the end|silence|music|applause|laughter)$/i;

/** Nobody says a sentence four times: a recogniser does, of music. */
const LOOP = /(\b\w[\w' ]{11,}?)(?:[\s,.]+\1){3}/i;

/**
 * Writes what was heard as callers' words are written: "to-morrow", "half-past", "9 at M" and the
 * like become what was said; '' where nothing was. Case and punctuation stay.
 * @param spelled what was asked for that is spelled: digits are not times then
 */
export function plainText(heard: string, { spelled }: Pick<Listening, 'spelled'>): string {
  const rewrites = [
    ...UNSPOKEN,
    ...SPELLINGS,
    ...(spelled === null ? TIMES : []),
    ...(spelled === 'email' ? ADDRESSES : []),
  ];
  const text = rewrites
    .reduce((text, [pattern, by]) => text.replace(pattern, by as string), heard)
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.?!])/g, '')
    .replace(/^[\s,.?!-]+/, '')
    .replace(/[\s,;:-]+$/, '')
    .trim();
  const isNothing = NOTHING.test(text.replace(/[.!?,]+/g, '').trim()) || LOOP.test(text);
  return isNothing ? '' : text;
}

function numberHeard(word: string): string {
  return HEARD_NUMBERS[word.toLowerCase()] ?? word;
}

/** "November twenty four" is a day; "November twenty fourth" is said as it is. */
function ordinalDay(heard: string, month: string, tens: string, next: string | undefined): string {
  const unit = next === undefined ? null : readNumber([next.toLowerCase()]);
  const day = (readNumber([tens.toLowerCase()]) ?? 0) + (unit ?? 0);
  if (unit !== null && (unit < 1 || unit > 9)) return heard;
  if (day > 31 || ORDINAL.test(next ?? '')) return heard;
  return `${month} ${ordinalWords(day)}${next === undefined || unit !== null ? '' : ` ${next}`}`;
}
