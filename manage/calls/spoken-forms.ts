// How a word, an address or a number stands in what was said: written, in words, letter by letter.

const BETWEEN_LETTERS = String.raw`(?:\s+(?:as in|for|like)\s+\p{L}+)?[\s.,-]+`;
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const SIGNS: Record<string, { pattern: string; word: string }> = {
  '.': { pattern: String.raw`(?:\.|dot|point)`, word: 'dot' },
  '@': { pattern: '(?:@|at)', word: 'at' },
  '-': { pattern: '(?:-|dash|hyphen|minus)', word: 'dash' },
  _: { pattern: '(?:_|underscore)', word: 'underscore' },
};
const DIGIT = String.raw`(?:\d|\b(?:${DIGITS.join('|')}|oh)\b)`;
/** Digits as they are written or said, with what stands between them. */
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\d])(?:\+\s?)?${DIGIT}(?:[\s().,/-]*${DIGIT})*`,
  'giu',
);
const DATE = /\d{4}-\d{2}-\d{2}/;

/** A word, however it is spelled; for the flags `giu`. */
export function wordPattern(word: string): string {
  return String.raw`(?<![\p{L}\d])${spelled(word)}(?![\p{L}\d])`;
}

/** An address, written or in words; for the flags `giu`. */
export function emailPattern(email: string): string {
  const parts = email.split(/([.@_-])/).filter((part) => part !== '');
  const patterns = parts.map((part) => {
    const sign = SIGNS[part];
    return sign ? String.raw`\s*${sign.pattern}\s*` : spelled(part);
  });
  return String.raw`(?<![\p{L}\d])${patterns.join('')}(?![\p{L}\d])`;
}

function spelled(word: string): string {
  const letters = Array.from(word, escape);
  return letters.length === 1
    ? letters.join('')
    : `(?:${letters.join('')}|${letters.join(BETWEEN_LETTERS)})`;
}

/** The word in the form in which another one stood. */
export function wordAs(form: string, word: string): string {
  if (/^\p{L}(?!\p{L})/u.test(form)) {
    const separator = /^\p{L}-/u.test(form) ? '-' : ' ';
    return Array.from(word.toLowerCase()).join(separator);
  }
  if (form === form.toLowerCase()) return word.toLowerCase();
  return form === form.toUpperCase() ? word.toUpperCase() : word;
}

/** The address in the form in which another one stood. */
export function emailAs(form: string, email: string): string {
  if (form.includes('@')) return email;
  return email.replaceAll(/[.@_-]/g, (sign) => ` ${SIGNS[sign]?.word} `);
}

/**
 * Replaces numbers, written or said.
 * @param replace is given the digits, and answers the new ones, or null to leave them
 */
export function replaceNumbers(text: string, replace: (digits: string) => string | null): string {
  return text.replaceAll(NUMBER, (form) => {
    const stand = DATE.test(form) ? null : replace(digitsOf(form));
    if (stand === null) return form;
    if (/\d/.test(form)) return form.startsWith('+') ? `+${stand}` : stand;
    return Array.from(stand, (digit) => DIGITS[Number(digit)]).join(' ');
  });
}

function digitsOf(form: string): string {
  const words = form.toLowerCase().match(/\d|\p{L}+/gu) ?? [];
  return words
    .map((word) => (/\d/.test(word) ? word : String(Math.max(0, DIGITS.indexOf(word)))))
    .join('');
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
