import { numberWords, ordinalWords } from '../number-words.ts';

/** One word as it was said or typed, and how it would be spoken. */
export interface Token {
  /** As typed, without the punctuation around it. */
  raw: string;
  /** Lower case, numbers in words: "2:30pm" is two thirty p m. */
  words: string[];
  /** Where it stands in the tidy text. */
  start: number;
  end: number;
}

const NUMBER =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty';
const NATO =
  'alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu';
/** How recognisers write what callers say, and how it is meant. */
const SPELLINGS: readonly (readonly [RegExp, string | ((words: string) => string)])[] = [
  [/[‘’]/g, "'"],
  [/\bo['"]? ?clock\b/gi, "o'clock"],
  [/["“”]/g, ' '],
  [/\b(yes|yeah|no|ok|okay|sure|thanks|you)\.(?=[a-z])/gi, '$1. '],
  [/[–—…]|\.{2,}/g, ', '],
  [/\bto-(?=day\b|morrow\b|night\b)/gi, 'to'],
  [/\bgood-bye?\b/gi, 'goodbye'],
  [/\b(?:mm|m|uh)[- ]?huh?m?m\b|\buh[- ]huh\b|\bm+[- ]hm+\b/gi, 'yes'],
  [/\b(?:um+|uh|erm|hmm+)\b[,.]? ?/gi, ''],
  [/\b([ap])\.\s?m\b\.?/gi, '$1m'],
  [/\b(?:two|2) (zero|oh|one|two|three|four|five|six|seven|eight|nine)e?s\b/gi, 'double $1'],
  [/\b(?:three|3) (zero|oh|one|two|three|four|five|six|seven|eight|nine)e?s\b/gi, 'triple $1'],
  [/\b(change|move|switch) \w+day (?:to|for) (?=(?:\w+ )?\w+day)/gi, '$1 it to '],
  // So many words of the alphabet spell.
  [
    new RegExp(`\\b(?:${NATO})(?:,? (?:${NATO})){2,}\\b`, 'gi'),
    (words) => words.replace(/(\S)[^\s,]*/g, '$1'),
  ],
  [new RegExp(`\\b(${NUMBER}|\\d{1,2})[ -](?:o'|at )m\\b`, 'gi'), '$1 am'],
  [new RegExp(`\\b(good|half|quarter|past|to|${NUMBER})-(?=[a-z])`, 'gi'), '$1 '],
];
/** "330" among words is half past three. */
const BARE_CLOCK = /(?<![\d.:/@-]\s?)\b([1-9]|1[0-2])([0-5][05])\b(?![@.:/-]?\d| \d| minutes)/g;

/** Characters of the longest turn that is read: nobody speaks so long. */
const LONGEST = 2_000;

/** Writes a text as it was meant by whoever said it. */
export function tidy(text: string): string {
  let tidied = text.slice(0, LONGEST);
  for (const [written, meant] of SPELLINGS) tidied = tidied.replace(written, meant as string);
  return tidied.replace(/\s+/g, ' ').trim();
}

/** The same of words among which no address or number is. */
export function withClocks(text: string): string {
  return text.replace(BARE_CLOCK, '$1:$2');
}

/**
 * Takes a tidy text apart, so that "2:30 PM" and "two thirty p m" are understood by the same rules
 * and the caller's own words can still be passed on.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: piece, index } of text.matchAll(/[^\s,;]+/g)) {
    const before = /^[^\p{L}\d]+/u.exec(piece)?.[0].length ?? 0;
    const raw = piece.slice(before).replace(/[^\p{L}\d']+$/u, '');
    if (raw === '') continue;
    const start = index + before;
    tokens.push({ raw, words: spokenWords(raw.toLowerCase()), start, end: start + raw.length });
  }
  return tokens;
}

/** The sentence as it would be spoken, in lower case. */
export function spokenSentence(text: string): string {
  return tokenize(tidy(text))
    .flatMap(({ words }) => words)
    .join(' ');
}

/** "2:05" is two oh five. */
export function clockWords(hour: number, minute: number): string {
  if (minute === 0) return numberWords(hour);
  return `${numberWords(hour)} ${minute < 10 ? 'oh ' : ''}${numberWords(minute)}`;
}

function spokenWords(word: string): string[] {
  const clock = /^(\d{1,2})(?:[:.](\d{2}))?([ap]m)?$/.exec(word);
  if (clock?.[1] !== undefined && (clock[2] !== undefined || clock[3] !== undefined)) {
    const half = clock[3]?.split('') ?? [];
    return [...clockWords(Number(clock[1]), Number(clock[2] ?? 0)).split(' '), ...half];
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (ordinal?.[1] !== undefined) return ordinalWords(Number(ordinal[1])).split(' ');
  if (/^\d{1,2}$/.test(word)) return numberWords(Number(word)).split(' ');
  if (word === 'am' || word === 'pm') return word.split('');
  return [word];
}
