import { numberWords, ordinalWords } from '../number-words.ts';

/** One word as it was said or typed, and how it would be spoken. */
export interface Token {
  /** As typed, without the punctuation around it. */
  raw: string;
  /** Lower case, numbers in words: "2:30pm" is two thirty p m. */
  words: string[];
}

/**
 * Takes a spoken or typed sentence apart, so that "2:30 PM" and "two thirty p m" are understood by
 * the same rules and the caller's own words can still be passed on.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const piece of text.replace(/\b([ap])\.\s?m\b\.?/gi, '$1m').split(/[\s,;]+/)) {
    const raw = piece.replace(/^[^\p{L}\d]+|[^\p{L}\d']+$/gu, '');
    if (raw !== '') tokens.push({ raw, words: spokenWords(raw.toLowerCase().replace(/’/g, "'")) });
  }
  return tokens;
}

/** The sentence as it would be spoken, in lower case. */
export function spokenSentence(text: string): string {
  return tokenize(text)
    .flatMap((token) => token.words)
    .join(' ');
}

function spokenWords(word: string): string[] {
  const clock = /^(\d{1,2})(?:[:.](\d{2}))?([ap]m)?$/.exec(word);
  if (clock?.[1] !== undefined && (clock[2] !== undefined || clock[3] !== undefined)) {
    const minute = Number(clock[2] ?? 0);
    return [
      numberWords(Number(clock[1])),
      ...(minute === 0 ? [] : `${minute < 10 ? 'oh ' : ''}${numberWords(minute)}`.split(' ')),
      ...(clock[3] === undefined ? [] : clock[3].split('')),
    ];
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (ordinal?.[1] !== undefined) return ordinalWords(Number(ordinal[1])).split(' ');
  if (/^\d{1,2}$/.test(word)) return numberWords(Number(word)).split(' ');
  if (word === 'am' || word === 'pm') return word.split('');
  return [word];
}
