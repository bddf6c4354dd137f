import type { Token } from './tokens.ts';
import { wordSet } from './word-set.ts';

const list = (words: string): string[] => words.split(' ');
const numbered = (words: string, first = 0, step = 1): [string, number][] =>
  list(words).map((word, index) => [word, first + index * step]);

const CARDINALS = new Map([
  ...numbered('zero one two three four five six seven eight nine ten eleven twelve thirteen'),
  ...numbered('fourteen fifteen sixteen seventeen eighteen nineteen', 14),
  ...numbered('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
  ...numbered('fourty', 40),
]);
const ORDINALS = new Map([
  ...numbered('zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh'),
  ...numbered('twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth', 12),
  ...numbered('nineteenth twentieth', 19),
  ...numbered('thirtieth', 30),
]);

/** "one" is a pronoun more often than a number: these neighbours make it a number. */
const BEFORE_ONE = wordSet(`
  at option number choice slot after before by around about until till from between past to or
  and than - for in a quarter half it do say tomorrow today noon monday tuesday wednesday
  thursday friday saturday sunday
`);
const AFTER_ONE = wordSet(`
  oclock o am pm a p oh hundred thirty fifteen forty fourty ten twenty fifty five to - day days
  week weeks month months hour hours minute minutes business
`);
const PRONOUN_BEFORE =
  /^(?:the|that|this|which|any|another|second|last|first|third|no|some|every|each)$/;
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

interface Spelled {
  value: number;
  /** Words that the number is made of. */
  length: number;
  nth?: true;
}

type Text = (ahead: number) => string;

/** Number words as number tokens: "twenty fourth", "two thousand twenty seven", "twenty thirty". */
export function joinNumbers(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const text: Text = (ahead) => tokens[at + ahead]?.text ?? '';
    const found = numberAt(text);
    if (found === null) joined.push(...tokens.slice(at, at + 1));
    else {
      const { value, length, nth } = found;
      const spelled = { kind: 'number', value, spelled: true } as const;
      if (nth === undefined) joined.push({ ...spelled, text: String(value) });
      else joined.push({ ...spelled, nth, text: length === 1 ? text(0) : `${value}th` });
    }
    at += found?.length ?? 1;
  }
  return joined;
}

function numberAt(text: Text): Spelled | null {
  const word = text(0);
  if (word === 'two' && text(1) === 'thousand') {
    const skipped = text(2) === 'and' ? 3 : 2;
    const rest = belowHundred(text, skipped) ?? { value: 0, length: 0 };
    return { value: 2000 + rest.value, length: skipped + rest.length };
  }
  if (word === 'twenty' && text(1) === 'twenty' && text(-1) !== 'at') {
    const { value, length } = belowHundred(text, 1) ?? { value: 20, length: 1 };
    return { value: 2000 + value, length: 1 + length };
  }
  if (word === 'second' && isUnitOfTime(text(-1))) return null;
  return word === 'one' && !isNumberOne(text) ? null : belowHundred(text, 0);
}

function belowHundred(text: Text, at: number): Spelled | null {
  const ordinal = ORDINALS.get(text(at));
  if (ordinal !== undefined) return { value: ordinal, length: 1, nth: true };
  const value = CARDINALS.get(text(at));
  if (value === undefined) return null;
  const next = text(at + 1);
  const unit = CARDINALS.get(next) ?? ORDINALS.get(next) ?? 0;
  if (value < 20 || unit < 1 || unit > 9) return { value, length: 1 };
  return { value: value + unit, length: 2, ...(ORDINALS.has(next) ? { nth: true } : {}) };
}

function isUnitOfTime(before: string): boolean {
  return /^(?:a|one|per|just|\d+|split)$/.test(before) || CARDINALS.has(before);
}

function isNumberOne(text: Text): boolean {
  const [before, after] = [text(-1), text(1)];
  // "The tuesday one", "the three o'clock one" name an appointment.
  if (/^(?:the|a|that|this|another|my)$/.test(text(-2)) && /(?:day|tomorrow)$/.test(before))
    return false;
  if (/^(?:of|that|which|more)$/.test(after) || PRONOUN_BEFORE.test(before)) return false;
  const partFollows = after === 'in' && (text(2) === 'the' || CARDINALS.has(text(2)));
  // "Five five one two" is a number of figures.
  const figures = CARDINALS.has(before) && CARDINALS.has(after);
  if (partFollows || figures || AFTER_ONE.has(after)) return true;
  return before === '' || BEFORE_ONE.has(before) || MONTH.test(before);
}

/** What "-ish" can stand behind. */
export function isClockWord(word: string): boolean {
  return (
    CARDINALS.has(word) || /^(?:noon|lunch|lunchtime|morning|afternoon|evening|midday)$/.test(word)
  );
}
