import { withPlainDigits } from '../../../runtime/given/decimal-digits.ts';
import { isClockWord, joinNumbers } from './number-words.ts';
import { wordSet } from './word-set.ts';

export type Token =
  | { kind: 'word' | 'mark'; text: string }
  | { kind: 'number'; text: string; value: number; nth?: true; spelled?: true }
  | { kind: 'clock'; text: string; hour: number; minute: number }
  /** `twofold`: day and month could change places. */
  | { kind: 'date'; text: string; year: number | null; month: number; day: number; twofold?: true }
  /** An ISO time with its zone or offset. */
  | { kind: 'instant'; text: string; at: Date };

/** Longer than any spoken wish: no caller waits for the reading of a novel. Characters. */
export const LONGEST_PHRASE = 400;

const LEXEMES = [
  String.raw`(?<instant>\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(z\b|[+-]\d\d:?\d\d\b))`,
  String.raw`(?<ymd>\d{4}[-/]\d{1,2}[-/]\d{1,2})(?!\d)(?:t(?=\d\d:))?`,
  String.raw`(?<mdy>\d{1,2}([/.-])\d{1,2}\k<3>(?:\d{4}|\d{2}))(?![\d:])`,
  String.raw`(?<md>\d{1,2}/\d{1,2})(?![/\d])`,
  String.raw`(?<clock>\d{1,2}(?::\d\d(?::\d\d)?|\.[0-5]\d(?![\d.])))`,
  String.raw`(?<amount>[$€£#] ?\d[\d.,]*|\d[\d.]* ?%)`,
  String.raw`(?<number>\d+)(?<nth>st|nd|rd|th)?`,
  String.raw`(?<half>[ap]\. ?m\b\.?)`,
  String.raw`(?<word>[a-z]+(?:['’´\u0060][a-z]+)*)`,
  String.raw`(?<joint>[-–—−/&@+])|(?<mark>[,;:!?.\n])`,
];
const LEXEME = new RegExp(
  LEXEMES.join('|')
    .replace('([/.-])', '(?<separator>[/.-])')
    .replace(String.raw`\k<3>`, String.raw`\k<separator>`),
  'g',
);
/** After these "thursday's" is "thursday is"; anywhere else it is a possessive or a plural. */
const AFTER_IS = wordSet(`
  a an my our when at on from until busy booked not no bad out full impossible too fine good great
  ok okay perfect better best due getting having coming going leaving starting moving flying home here
  looking wide clear kind pretty packed tight crazy the really usually open free
`);
const CALENDAR_WORD =
  /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;
const TITLE = /^(?:dr|mr|mrs|ms|st|ave|no|apt)$/;
const JOINTS: Readonly<Record<string, string>> = { '/': 'or', '&': 'and', '@': 'at' };

/** Cuts typed or recognised speech into tokens: marks of their own, number words as numbers. */
export function tokenise(phrase: string): Token[] {
  const text = withPlainDigits(phrase.normalize('NFKD'))
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const tokens: Token[] = [];
  for (const match of text.matchAll(LEXEME)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 20);
    tokens.push(...tokensOf(match.groups ?? {}, tokens.at(-1), text[match.index - 1], rest));
  }
  return joinNumbers(tokens.some(isDayFirst) ? tokens.map(dayFirst) : tokens);
}

/** "14/12" is December 14, and then "10/12" beside it is December 10. */
function isDayFirst({ kind, text }: Token): boolean {
  return kind === 'date' && /^(?:1[3-9]|2\d|3[01])[/.-]/.test(text);
}

function dayFirst(token: Token): Token {
  if (
    token.kind !== 'date' ||
    isDayFirst(token) ||
    token.text.length > 10 ||
    /^\d{4}/.test(token.text)
  )
    return token;
  return token.day > 12 ? token : { ...token, month: token.day, day: token.month };
}

function tokensOf(
  groups: Partial<Record<string, string>>,
  last: Token | undefined,
  before: string | undefined,
  rest: string,
): Token[] {
  const { instant, ymd, mdy, md, clock, amount, number, nth, half, word, joint } = groups;
  if (instant !== undefined) return [readInstant(instant)];
  if (ymd !== undefined) {
    const [year = 0, month = 0, day = 0] = ymd.split(/[-/]/).map(Number);
    return [{ kind: 'date', text: ymd, year, month, day }];
  }
  if (mdy !== undefined || md !== undefined) return [readDigits(mdy ?? md ?? '')];
  if (clock !== undefined) {
    const [hour = 0, minute = 0] = clock.split(/[:.]/).map(Number);
    return [{ kind: 'clock', text: clock, hour, minute }];
  }
  if (amount !== undefined) return [{ kind: 'word', text: 'amount' }];
  if (number !== undefined)
    return [
      {
        kind: 'number',
        text: `${number}${nth ?? ''}`,
        value: Number(number),
        ...(nth === undefined ? {} : { nth: true }),
      },
    ];
  if (half !== undefined) return [{ kind: 'word', text: `${half.charAt(0)}m` }];
  if (word !== undefined) return readWord(word, rest);
  const short = (last?.text.length ?? 9) < 6 && CALENDAR_WORD.test(last?.text ?? '');
  if (groups['mark'] === '.' && (short || TITLE.test(last?.text ?? ''))) return [];
  if (joint === undefined) return last?.text === ',' ? [] : [{ kind: 'mark', text: ',' }];
  return readJoint(joint, last, before ?? ' ', rest);
}

function readWord(word: string, rest: string): Token[] {
  const owner = /^(.+)['’´`]s$/.exec(word)?.[1];
  const about = /^(.+)ish$/.exec(word)?.[1];
  if (about !== undefined && isClockWord(about))
    return readWord(about, '').concat({ kind: 'word', text: 'ish' });
  const words =
    owner !== undefined && AFTER_IS.has(/^ (\w+)/.exec(rest)?.[1] ?? '')
      ? [owner, 'is']
      : [word.replaceAll(/['’´`]/g, '')];
  return words.map((text) => ({ kind: 'word', text }));
}

function readJoint(joint: string, last: Token | undefined, before: string, rest: string): Token[] {
  const word = JOINTS[joint];
  if (word !== undefined) return [{ kind: 'word', text: word }];
  const compound = /[a-z]/.test(before) && /^[a-z]/.test(rest);
  const calendar = CALENDAR_WORD.test(last?.text ?? '') && CALENDAR_WORD.test(rest);
  return compound && !calendar ? [] : [{ kind: 'mark', text: joint === '+' ? '+' : '-' }];
}

function readInstant(text: string): Token {
  const at = new Date(text.replace(' ', 't').replace(' ', '').toUpperCase());
  return Number.isNaN(at.getTime())
    ? { kind: 'word', text: 'amount' }
    : { kind: 'instant', text, at };
}

/** "12/15/26": month first, unless only the second number can be a month. */
function readDigits(text: string): Token {
  const [first = 0, second = 0, year] = text.split(/[/.-]/).map(Number);
  const swapped = first > 12 && second <= 12;
  const [month, day] = swapped ? [second, first] : [first, second];
  const whole = year === undefined ? null : year < 100 ? 2000 + year : year;
  // Dots are how Europe writes dates, day first.
  const twofold = text.includes('.') && !swapped && second <= 12 && first !== second;
  return {
    kind: 'date',
    text,
    year: whole,
    month,
    day,
    ...(twofold ? { twofold: true as const } : {}),
  };
}
