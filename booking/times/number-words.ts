import type { Token } from './tokens.ts';

const list = (words: string): string[] => words.split(' ');
const UNITS = list(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const NTHS = list(
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
);
const CARDINALS = new Map<string, number>([
  ...UNITS.map((word, value) => [word, value] as const),
  ...list('twenty thirty forty fifty sixty seventy eighty ninety').map(
    (word, index) => [word, 20 + 10 * index] as const,
  ),
  ['fourty', 40],
]);
const ORDINALS = new Map<string, number>([
  ...NTHS.map((word, value) => [word, value] as const),
  ['twentieth', 20],
  ['thirtieth', 30],
]);

/** "one" is a pronoun more often than a number: these neighbours make it a number. */
const BEFORE_ONE = new Set(
  list(
    'at option number choice slot after before by around about until till from between past to or and than - for in a quarter half it do say tomorrow today noon , monday tuesday wednesday thursday friday saturday sunday',
  ),
);
const AFTER_ONE = new Set(
  list(
    'oclock o am pm a p oh hundred thirty fifteen forty fourty ten twenty fifty five to - day days week weeks month months hour hours minute minutes business',
  ),
);
const PRONOUN_BEFORE = new Set(
  list('the that this which any another second last first third no some every each'),
);
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

/** Number words as number tokens: "twenty fourth", "two thousand twenty seven", "twenty twenty six". */
export function joinNumbers(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const found = numberAt(tokens, at);
    if (found === null) joined.push(token);
    else {
      joined.push(found.token);
      at = found.end - 1;
    }
  }
  return joined;
}

function numberAt(tokens: readonly Token[], at: number): { token: Token; end: number } | null {
  const text = (ahead: number): string => tokens[at + ahead]?.text ?? '';
  const word = text(0);
  const number = (value: number, length: number, nth = false): { token: Token; end: number } => ({
    token: {
      kind: 'number',
      text: nth ? (length === 1 ? word : `${value}th`) : String(value),
      value,
      spelled: true,
      ...(nth ? { nth: true } : {}),
    },
    end: at + length,
  });
  const cardinal = CARDINALS.get(word);
  const nth = ORDINALS.get(word);
  if (nth !== undefined)
    return word === 'second' && isUnitOfTime(text(-1)) ? null : number(nth, 1, true);
  if (cardinal === undefined) return null;
  const [second, third] = [CARDINALS.get(text(1)), CARDINALS.get(text(2))];
  if (word === 'two' && text(1) === 'thousand') {
    const rest = text(2) === 'and' ? 3 : 2;
    const tens = CARDINALS.get(text(rest)) ?? 0;
    const unit = tens >= 20 ? (digit(text(rest + 1)) ?? 0) : 0;
    return number(2000 + tens + unit, rest + (tens > 0 ? 1 : 0) + (unit > 0 ? 1 : 0));
  }
  if (word === 'twenty' && second === 20 && text(-1) !== 'at') {
    const unit = digit(text(2));
    return unit === null ? number(2020, 2) : number(2020 + unit, 3);
  }
  if (cardinal >= 20) {
    const unit = digit(text(1));
    if (unit !== null) return number(cardinal + unit, 2);
    const nthUnit = ORDINALS.get(text(1)) ?? 10;
    if (nthUnit > 0 && nthUnit < 10) return number(cardinal + nthUnit, 2, true);
  }
  if (word === 'one' && !isNumberOne(text(-1), text(1), text(-2), text(2), third)) return null;
  return number(cardinal, 1);
}

function digit(word: string): number | null {
  const value = CARDINALS.get(word) ?? 0;
  return value > 0 && value < 10 ? value : null;
}

function isUnitOfTime(before: string): boolean {
  return /^(?:a|one|per|just|\d+|split)$/.test(before) || CARDINALS.has(before);
}

function isNumberOne(
  before: string,
  after: string,
  ahead: string,
  then: string,
  third?: number,
): boolean {
  // "The tuesday one", "the three o'clock one" name an appointment.
  if (/^(?:the|a|that|this|another|my)$/.test(ahead) && /(?:day|tomorrow)$/.test(before))
    return false;
  if (/^(?:of|that|which|more)$/.test(after) || PRONOUN_BEFORE.has(before)) return false;
  const partFollows = after === 'in' && (then === 'the' || third !== undefined);
  if (before === ',') return AFTER_ONE.has(after) || partFollows;
  return (
    before === '' ||
    BEFORE_ONE.has(before) ||
    AFTER_ONE.has(after) ||
    MONTH.test(before) ||
    partFollows
  );
}

/** What "-ish" can stand behind. */
export function isClockWord(word: string): boolean {
  return (
    CARDINALS.has(word) || /^(?:noon|lunch|lunchtime|morning|afternoon|evening|midday)$/.test(word)
  );
}
