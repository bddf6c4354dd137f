import { clockOf } from './clock-rules.ts';
import type { Unit } from '../placing/day-spans.ts';
import type { Definitions } from './grammar.ts';
import type { Symbols } from './symbols.ts';
import type { Token } from './tokens.ts';
import { wordSet } from './word-set.ts';
import type { Clock, DayAtom } from '../placing/wish.ts';

/** Words that stand for a value each. */
function wordTable(table: string): ReadonlyMap<string, number> {
  return new Map(
    table.split(',').flatMap((entry) => {
      const [words = '', value] = entry.trim().split('=');
      return words.split(' ').map((word) => [word, Number(value)] as const);
    }),
  );
}

const WEEKDAYS = wordTable(`
  mon monday=1, tue tues tuesday=2, wed weds wednesday=3, thu thur thurs thursday=4,
  fri friday=5, sat saturday=6, sun sunday=7
`);
const WEEKDAYS_PLURAL = wordTable(`
  mondays=1, tuesdays=2, wednesdays=3, thursdays=4, fridays=5, saturdays=6, sundays=7
`);
const MONTHS = wordTable(`
  jan january=1, feb february=2, mar march=3, apr april=4, may=5, jun june=6, jul july=7,
  aug august=8, sep sept september=9, oct october=10, nov november=11, dec december=12
`);
const MINUTES = wordTable(`
  minutes minute mins min=1, hours hour hrs hr h=60
`);
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...(['day', 'week', 'month', 'year'] as const).flatMap(
    (unit) =>
      [
        [unit, unit],
        [`${unit}s`, unit],
      ] as const,
  ),
  ['wks', 'week'],
  ['wk', 'week'],
]);

/** "May" and "march" are verbs beside these. */
const VERB_BESIDE = wordSet(`
  i we you he she they it be have come
`);
/** What a month's name stands behind; "june" alone behind a name could be one, too. */
const MONTH_BEFORE = wordSet(`
  in of on until till by for next this early late mid from to before after since and or through -
  , during around between last the th possibly maybe about
`);

const word =
  <Value>(table: ReadonlyMap<string, Value>) =>
  ({ text }: Token): Value | null =>
    table.get(text) ?? null;

function month(
  { text }: Token,
  before: Token | undefined,
  after: Token | undefined,
): number | null {
  const found = MONTHS.get(text) ?? null;
  const verb = text === 'may' || text === 'march' || text === 'mar';
  const dated = after?.kind === 'number' || before?.kind === 'number';
  if (!verb || dated || found === null) return found;
  const asked = VERB_BESIDE.has(before?.text ?? '') || VERB_BESIDE.has(after?.text ?? '');
  return asked || (before !== undefined && !MONTH_BEFORE.has(before.text)) ? null : found;
}

/** What may stand before "230" and make a clock time of it. */
const BEFORE_CLOCK = wordSet(`
  at after before until around from by to till - between about
`);

/** "14:30"; "1430" where it is no year; "230" behind "at" or before "pm". */
function written(token: Token, before?: Token, after?: Token): Clock | null {
  if (token.kind === 'clock')
    return clockOf(token.hour, token.minute, undefined, /^0\d[:.]/.test(token.text));
  if (token.kind !== 'number' || !/^\d{3,4}$/.test(token.text)) return null;
  const told =
    BEFORE_CLOCK.has(before?.text ?? '') || /^(?:am|pm|a|p|hours|hrs)$/.test(after?.text ?? '');
  const year = /^20[2-4]/.test(token.text) || /^(?:in|of|year|-)$/.test(before?.text ?? '');
  const short = token.text.length === 3 || after?.text === '-' || before?.kind === 'number';
  if (!told && (year || short)) return null;
  const hour = Math.floor(token.value / 100);
  return clockOf(hour, token.value % 100, undefined, token.text.startsWith('0'));
}

function date(token: Token): DayAtom | null {
  if (token.kind !== 'date') return null;
  const read = (month: number, day: number): DayAtom => ({
    sort: 'date',
    month,
    day,
    year: token.year,
  });
  if (
    token.text === '24/7' ||
    token.month < 1 ||
    token.month > 12 ||
    token.day < 1 ||
    token.day > 31
  )
    return null;
  const { month, day } = token;
  return token.twofold === true
    ? { sort: 'either', atoms: [read(month, day), read(day, month)] }
    : read(month, day);
}

/** Words of a request, and all that may stand beside a subject without telling of life. */
const PLAIN_VERBS = wordSet(`
  i we you he she they it am is are was were im be been being can could may might must should
  will would shall do does did dont doesnt didnt cant cannot couldnt wont wouldnt isnt arent
  wasnt aint have has had having havent hasnt ve got get gets take takes want wants wanted need
  needs needed like likes love loves prefer prefers preferred wish wishes hope hopes hoped think
  thinks thought guess suppose believe know knew see seen say says said mean meant ask asked go
  goes come comes book booked make makes made schedule reschedule try tried find found fit fits
  suit suits live mind next last first second later earlier same soonest asap sooner latest after
  before until care plan wonder wondered look looked looking appreciate require requires request
  requested understand agree remember set put move moved change changed switch cancel push shift
  please the a an this that what which when how if or and but so not never no for at on in to of
  from by with about there here one ones time times day days choose chose appointment slot option
  one bit rather better hear heard feel feels feeling apologize forgot forget accept start aim id
  ill weve ive your my our their hate avoid skip wait bet reckon sorry yes sure ok okay
  preferably either both all might ideally maybe perhaps seriously honestly usually always hers
  his him her us me them free available flexible open off out sounds works work working thank
  thanks hi hello hey oh ah er um uh hmm hm mm okay alright right yep yeah yes sure well then
  exactly sharp great good fine perfect possible able anything something let lets too also than
  will us cool amazing wonderful excellent lovely dot ideal appointments slots doable
`);
const ADVERBS = wordSet(`
  just really also only actually usually always still even then probably definitely maybe either
  preferably kindly normally generally mostly often currently already do myself both all would
  will might
`);

/** "Usually", but not "fly". */
function isAdverb(text: string): boolean {
  return ADVERBS.has(text) || /[a-z]{3}ly$/.test(text);
}

/** Symbols that are one word each. */
export const WORD_SYMBOLS = {
  word: (token: Token) => (token.kind === 'word' && !isTimeWord(token.text) ? token.text : null),
  n: (token: Token) =>
    token.kind === 'number' && token.nth !== true && token.value < 1000 ? token.value : null,
  nth: (token: Token) => (token.kind === 'number' && token.nth === true ? token.value : null),
  /** "Third" in words, which could be a place in the offer as well as a day. */
  ordinal: (token: Token) =>
    token.kind === 'number' && token.nth === true && token.spelled === true && token.value < 6
      ? token.value
      : null,
  year: (token: Token) =>
    token.kind === 'number' && token.value >= 1900 && token.value < 2100 ? token.value : null,
  weekday: word(WEEKDAYS),
  weekdays: word(WEEKDAYS_PLURAL),
  month,
  unit: word(UNITS),
  minutes: word(MINUTES),
  written,
  date,
  instant: (token: Token) => (token.kind === 'instant' ? token.at : null),
  adverb: ({ text }: Token) => (isAdverb(text) ? text : null),
  deed: (token: Token) => (isDeed(token) ? token.text : null),
} satisfies Partial<Definitions<Symbols>>;

const TIME_WORDS = wordSet(`
  ago half quarter decade century season spring summer autumn fall winter monthly weekly daily
  yearly hourly dawn dusk sunset sunrise today tomorrow tonight yesterday noon midday midnight
  morning mornings afternoon afternoons evening evenings night nights weekend weekends weekday
  weekdays fortnight fortnights oclock easter christmas xmas thanksgiving halloween tmrw tmr
  tomorow tommorow tommorrow workday workdays midweek holidays breakfast dinner supper brunch
  teatime bedtime dinnertime suppertime sunup eod cob lunchtime noontime daytime overnight
  hereafter
`);

/** Words of time: one that no rule took changes the meaning, and is asked about. */
export function isTimeWord(text: string): boolean {
  return (
    TIME_WORDS.has(text) ||
    WEEKDAYS.has(text) ||
    WEEKDAYS_PLURAL.has(text) ||
    (MONTHS.has(text) && text !== 'may' && text !== 'march' && text !== 'mar') ||
    UNITS.has(text) ||
    (MINUTES.has(text) && text !== 'h') ||
    /\d/.test(text)
  );
}

/** A word that no request needs: behind a subject it tells of the caller's life. */
export function isDeed({ kind, text }: Token): boolean {
  const plain = PLAIN_VERBS.has(text) || isAdverb(text);
  return kind === 'word' && !plain && !isTimeWord(text);
}
