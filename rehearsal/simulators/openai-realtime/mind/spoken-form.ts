import { numberWords, ordinalWords } from './number-words.ts';

const MONTHS =
  'January|February|March|April|May|June|July|August|September|October|November|December';
const SIGNS: Record<string, string> = { '.': 'dot', _: 'underscore', '-': 'dash', '+': 'plus' };

/**
 * Writes a text as it should be pronounced: flite runs dates, clock times and e-mail addresses
 * together. The transcript keeps the normal form.
 */
export function spokenForm(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, spokenAddress)
    .replace(
      new RegExp(`\\b(${MONTHS}) (\\d{1,2})(?:st|nd|rd|th)?\\b`, 'g'),
      (_, month: string, day: string) => `${month} ${ordinalWords(Number(day))}`,
    )
    .replace(
      /\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b\.?/gi,
      (_, hour: string, minute: string | undefined, half: string) =>
        `${spokenClock(Number(hour), Number(minute ?? 0))} ${half.toLowerCase()} m`,
    )
    .replace(/\b(\d{1,2}):(\d{2})\b/g, (_, hour: string, minute: string) =>
      spokenClock(Number(hour), Number(minute)),
    )
    .replace(/\b(?:[a-z]-)+[a-z]\b/gi, spokenLetters)
    .replace(/["“”*_]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "2:05" is "two oh five"; a full hour is the hour alone. */
function spokenClock(hour: number, minute: number): string {
  if (minute === 0) return numberWords(hour);
  return `${numberWords(hour)} ${minute < 10 ? `oh ${numberWords(minute)}` : numberWords(minute)}`;
}

/** "mary.smith@example.com" is "mary dot smith at example dot com"; digits one by one. */
function spokenAddress(address: string): string {
  return address
    .replace('@', ' at ')
    .replace(/[._+-]/g, (sign) => ` ${SIGNS[sign]} `)
    .replace(/\d/g, (digit) => ` ${numberWords(Number(digit))} `)
    .replace(/\s+/g, ' ')
    .trim();
}

/** "M-A-R-Y" letter by letter; commas keep flite from saying the article "a". */
function spokenLetters(spelled: string): string {
  return spelled.toUpperCase().split('-').join(', ');
}
