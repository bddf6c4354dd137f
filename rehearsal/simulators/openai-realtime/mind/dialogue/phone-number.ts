import { readNumber } from '../number-words.ts';

/** Finds a phone number: typed digits, or at least seven spoken ones after the word phone or number. */
export function readPhoneNumber(text: string): string | null {
  const typed = /(?<![\w@.-])\+?\d[\d ().-]{6,}\d(?![\w@])/.exec(text)?.[0];
  // "2026-11-24" is a date.
  if (typed !== undefined && !/^\d{4}-\d{2}-\d{2}/.test(typed)) return typed.replace(/[^\d+]/g, '');
  const spoken = /\b(?:phone|number)\b.*?\bis\b(.*)$/i.exec(text)?.[1];
  if (spoken === undefined) return null;
  let digits = '';
  for (const word of spoken.toLowerCase().split(/[\s,.]+/)) {
    const digit = word === 'oh' ? 0 : readNumber([word]);
    if (digit !== null && word !== '') digits += String(digit);
    else if (digits !== '' && word !== '') break;
  }
  return digits.length >= 7 ? digits : null;
}
