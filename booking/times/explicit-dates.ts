import { Chrono, strict } from 'chrono-node/en';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '\\d{1,2}(?:st|nd|rd|th)?';
/** A number that turns out to be a clock time is no day of the month. */
const NO_CLOCK = '(?![:\\d]| ?(?:am|pm|oclock)\\b)';
const YEAR = `(?: ?,? (?:20\\d\\d|19\\d\\d)${NO_CLOCK})?`;

/** The stretch of text that is handed to chrono: one date and nothing else. */
const EXPLICIT = new RegExp(
  [
    '\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}\\b',
    '\\d{1,2}[/.-]\\d{1,2}[/.-](?:\\d{4}|\\d{2})\\b',
    '\\d{1,2}/\\d{1,2}\\b(?!/)',
    `${MONTH} ${DAY}\\b${NO_CLOCK}${YEAR}`,
    `${DAY} (?:of )?${MONTH}\\b(?! ${DAY}\\b${NO_CLOCK})${YEAR}`,
  ].join('|'),
  'y',
);

/** chrono without its refiners: they drop February 29 and November 31, about which we must ask. */
const reader = new Chrono({ parsers: strict.parsers, refiners: [] });

/** chrono wants a reference to imply a year from; years it implied are never used here. */
const REFERENCE = { instant: new Date(0), timezone: 0 };

export interface ExplicitDate {
  month: number;
  day: number;
  /** null where no year was spoken. */
  year: number | null;
  /** Position after the date. */
  end: number;
}

/** Reads "november 24 2026", "24th of november", "11/24", "2026-11-24" at a position. */
export function explicitDateAt(text: string, position: number): ExplicitDate | null {
  EXPLICIT.lastIndex = position;
  const match = EXPLICIT.exec(text);
  if (match === null) return null;
  const start = reader.parse(match[0].replace(' ,', ','), REFERENCE)[0]?.start;
  const month = start?.get('month') ?? null;
  const day = start?.get('day') ?? null;
  if (start === undefined || month === null || day === null || !start.isCertain('day')) return null;
  const year = start.isCertain('year') ? start.get('year') : null;
  return { month, day, year, end: position + match[0].length };
}

const MONTH_PREFIXES = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

/** 1 to 12 for a month's name or abbreviation, 0 for any other word. */
export function monthNumber(word: string): number {
  return MONTH_PREFIXES.indexOf(word.slice(0, 3)) + 1;
}

export const MONTH_PATTERN = MONTH;
