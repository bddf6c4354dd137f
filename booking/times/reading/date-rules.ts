import { monthNamed, stretchOf } from '../placing/day-spans.ts';
import { days, type Item } from './items.ts';
import { isDeed } from './lexicon.ts';
import { calendarDay } from '../placing/local-instants.ts';
import { rules, type TimeMatch } from './symbols.ts';
import type { DayAtom } from '../placing/wish.ts';
import { wordSet } from './word-set.ts';

/** "December 5 pm": the number is an hour. */
const NO_HOUR = '!am|pm|a|p|oclock|o|hundred';

function isHour(word: string): boolean {
  return NO_HOUR.slice(1).split('|').includes(word);
}

function dated(match: TimeMatch): DayAtom | null {
  const nth = match.find('nth');
  const day = nth ?? match.get('n');
  if (nth === undefined && (isHour(match.word(0)) || day > 31)) return null;
  // "Next november 23rd" within November: this one or the one after?
  if (match.word(-1) === 'next' && match.get('month') === match.reading.today.month) return null;
  return { sort: 'date', month: match.get('month'), day, year: match.find('year') ?? null };
}

/** "At two december five": the five is the day. */
function isDayBehind(match: TimeMatch): boolean {
  const next = match.token(0);
  const another = next?.kind === 'number' && next.value <= 31 && !isHour(match.word(1));
  return another && !match.said('of') && match.find('year') === undefined;
}

/** What a number in order counts when it is no day: "the second one", "the first thing". */
const COUNTED = wordSet(`
  one ones time times appointment appointments opening openings week weeks thing things day days
  person persons hour hours option options slot choice weekend half available free open possible
  1 2 3 4 5 of visit visitor session floor grade street avenue patient business working workday
  month quarter kid child son daughter name place try call question part opinion aid hand class
`);

function monthday(match: TimeMatch): DayAtom | null {
  const late = match.get('nth') > 5 && /^(?:available|free|open|possible)$/.test(match.word(0));
  const counts = COUNTED.has(match.word(0)) && !late && !match.said('month');
  return counts && !isHour(match.word(1)) ? null : { sort: 'monthday', day: match.get('nth') };
}

function month(match: TimeMatch): DayAtom | null {
  const { today } = match.reading;
  const number = match.get('month');
  // "Next november" within November: this one or the one after?
  const next = match.said('next') || match.word(-1) === 'next';
  // "April smith here" is a name.
  const behind = match.token(0);
  const isName = behind !== undefined && isDeed(behind) && /^(?:|is|am|,)$/.test(match.word(-1));
  if (isName || (next && number === today.month)) return null;
  const span = monthNamed(number, match.find('year') ?? null, today);
  const words = span.first.toFormat(span.first.year === today.year ? 'LLLL' : 'LLLL yyyy');
  return { sort: 'span', span: { ...span, words } };
}

export const DATE_RULES = rules<DayAtom>({
  '{date}': ({ get }) => get('date'),
  [`{month} the? {nth} / {month} the? {nth} ,? {year} / {month} {n} / {month} {n} ,? {year}
    {nth} of? {month} / {nth} of? {month} ,? {year}`]: dated,
  '{n} of? {month} / {n} of? {month} ,? {year} / {n} - {month} - {year}': (match) =>
    isDayBehind(match) ? null : dated(match),
  '{n} - {month} - {n}': (match) => {
    const [day = 0, year = 0] = match.all('n');
    return { sort: 'date', month: match.get('month'), day, year: 2000 + year };
  },
  'the? {nth} of_the_month?': monthday,
  'the {n} =.|,|at|in|or|and|to|-|works|is|please': ({ get }) =>
    get('n') > 12 && get('n') < 32 ? { sort: 'monthday', day: get('n') } : null,
  [`the? {nth} of|in this|next|the_next|the_following month
    the {n} of|in this|next|the_next|the_following month`]: ({ find, said, reading }) => {
    const { first } = stretchOf('month', reading.today, said('this') ? 0 : 1);
    const day = find('nth') ?? find('n') ?? 0;
    return { sort: 'date', day, month: first.month, year: first.year };
  },
  '<!last|past the_month_of|next|this? {month} / <!last|past the_month_of? {month} of? {year}':
    month,
  'in|during {year}': ({ get }) => {
    const first = calendarDay(get('year'), 1, 1);
    return { sort: 'span', span: { ...stretchOf('year', first), words: String(first.year) } };
  },
});

/** "December 9 to 11", "twelve to sixteen december": two days of one month. */
function daysOfMonth(match: TimeMatch): readonly Item[] | null {
  const [from = 0, to = 0] = [...match.all('n'), ...match.all('nth')];
  if (isDayBehind(match) || from >= to || from < 1 || to > 31) return null;
  const rest = { month: match.get('month'), year: match.find('year') ?? null };
  const [first, last] = [from, to].map((day) => ({ sort: 'date', day, ...rest }) as const);
  if (first === undefined || last === undefined) return null;
  if (match.said('or', 'and')) return [days(first), { type: 'or' }, days(last)];
  return [days(first, { until: [last] })];
}

const JOINT = 'to|-|through|thru|until|till|til|and|or';

export const DATE_RANGE_RULES = rules<readonly Item[]>({
  // Two more days, or two hours of the first?
  [`{month} {n} , {n} or|and|to {n} ${NO_HOUR} / {month} {nth} , {n} or|and|to {n} ${NO_HOUR}`]: [
    { type: 'odd' },
  ],
  [`{month} {n} ${JOINT} {n} ${NO_HOUR} / {month} {n} ${JOINT} {n} ,? {year}
    {n} ${JOINT} {n} of? {month} {year}? ${NO_HOUR} / the? {nth} ${JOINT} the? {nth} of {month}
    {month} the? {nth} ${JOINT} the? {nth} ,? {year}? ${NO_HOUR}`]: daysOfMonth,
});
