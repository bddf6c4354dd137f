import type { Found } from './email-address.ts';
import { writeSpoken } from './spelling.ts';

const FEWEST_DIGITS = 7;
const DIGIT = 'zero|oh|o|one|two|three|four|five|six|seven|eight|nine';
const GROUP = `(?:(?:double|triple) )?(?:${DIGIT}|\\d+)|twenty|thirty|forty|fifty|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen`;
const RUN = new RegExp(
  `(?<![\\w@.:/])(?:\\+ ?|\\()?(?:${GROUP})(?:[ ,.()/-]+(?:${GROUP}))*(?![\\w@:])`,
  'gi',
);
/** No calendar keeps an extension. */
const EXTENSION = /^[ ,.]*(?:ext(?:ension)?\.?|x) ?\w+(?: \w+){0,4}/i;
/** "2026-11-24" and "24.11.2026" are dates. */
const DATE = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)/;

/** Finds a phone number, typed or spoken, of at least seven digits; null when there is none. */
export function readPhoneNumber(given: string): Found | null {
  // "Two one two 5:55 …": recognisers make hours of digits.
  const [clock, ...clocks] = given.match(/\d:\d\d/g) ?? [];
  const text =
    clock === undefined || clocks.length > 0 ? given : given.replace(/(\d):(?=\d)/, '$1');
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const digits = writeSpoken(run.replace(/\bo\b/gi, 'oh')).replace(/\D/g, '');
    if (digits.length < FEWEST_DIGITS || DATE.test(run)) continue;
    const value = run.startsWith('+') ? `+${digits}` : digits;
    return {
      value,
      rest: `${text.slice(0, index)} ${text.slice(index + run.length).replace(EXTENSION, '')}`.trim(),
    };
  }
  return null;
}
