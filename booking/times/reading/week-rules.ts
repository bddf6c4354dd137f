import { lengthOf, monthNamed, placeWithin, portionOf, stretchOf } from '../placing/day-spans.ts';
import type { DaySpan, Unit } from '../placing/day-spans.ts';
import { days, onDay, type Item } from './items.ts';
import { placeDay } from '../placing/place-day.ts';
import { rules, type Symbols, type TimeMatch } from './symbols.ts';
import type { DayAtom, WeekdayAtom } from '../placing/wish.ts';

const WHICH =
  'this|next|the_next|the_following|the_coming|coming|upcoming|last|past|previous|the|current';
/** What settles which one it is, so that no other is meant once it has passed. */
const SETTLES = ['this', 'next', 'following', 'last', 'past', 'previous', 'current'];

function unitOf(match: TimeMatch): Unit {
  const units = ['weekend', 'month', 'year'] as const;
  return units.find((unit) => match.said(unit)) ?? 'week';
}

/** By how many weeks or months "next" and "last" move. */
function steps(match: TimeMatch): number {
  if (match.said('next', 'following')) return 1;
  return match.said('last', 'past', 'previous') ? -1 : 0;
}

const atom = (span: DaySpan, words?: string): DayAtom => ({
  sort: 'span',
  span: words === undefined ? span : { ...span, words },
});
/** The week, weekend or month so many after the running one. */
const ahead = ({ reading }: TimeMatch, unit: Unit, by: number, words?: string): DayAtom =>
  atom(stretchOf(unit, reading.today, by), words);
/** Two of them, where nobody can tell which was meant. */
const either = (match: TimeMatch, unit: Unit, first: number): DayAtom => ({
  sort: 'either',
  atoms: [ahead(match, unit, first), ahead(match, unit, first + 1)],
});

export const PERIOD_RULES = rules<Symbols['period']>({
  [`${WHICH}? week|month|year`]: (match) => {
    const { today, previous } = match.reading;
    const unit = unitOf(match);
    const from = match.said('following') ? (previous?.day ?? today) : today;
    return { unit, span: stretchOf(unit, from, steps(match)), moves: !match.said(...SETTLES) };
  },
  'the? week of the? {day}': ({ get, reading }) => {
    const { first } = placeDay(get('day'), reading);
    return { unit: 'week', span: stretchOf('week', first), moves: false };
  },
  'next|this|the_month_of? {month} / {month} of? {year}': ({ get, find, reading }) => {
    const year = find('year') ?? null;
    const span = monthNamed(get('month'), year, reading.today);
    return { unit: 'month', span, moves: year === null };
  },
});

function stretch(match: TimeMatch): DayAtom | null {
  const { previous } = match.reading;
  const unit = unitOf(match);
  const by = steps(match);
  if (match.said('following') && previous !== null) return atom(stretchOf(unit, previous.day, by));
  if (by < 0) return ahead(match, unit, by);
  const { first } = stretchOf(unit, match.reading.today, by);
  const name = unit === 'month' ? `, ${first.toFormat('LLLL')}` : '';
  const which = by === 1 ? 'next' : unit === 'weekend' ? 'the' : 'this';
  return ahead(match, unit, by, `${which} ${unit}${name}`);
}

/** "The second half of the month". */
function half(match: TimeMatch): DayAtom | null {
  const { unit, span } = match.get('period');
  if (unit === 'year' || span.last < match.reading.today) return null;
  const middle = span.first.plus({ days: unit === 'week' ? 3 : 15 });
  const late = match.said('second', '2nd', 'latter', 'last');
  return late ? onDay(middle, span.last) : onDay(span.first, middle.minus({ days: 1 }));
}

/** "The beginning of next week", "late december". */
const portion = (side: 'start' | 'middle' | 'end') => (match: TimeMatch) => {
  const { unit, span, moves } = match.get('period');
  const { today } = match.reading;
  if (unit === 'year' || span.last < today) return null;
  const part = portionOf(span, side, unit);
  if (part.last >= today || !moves) return atom(part);
  // "The end of the week", said on a Saturday, is not over but was not meant for this week.
  return atom(portionOf(stretchOf(unit, span.first, 1), side, unit));
};

/** "The last friday of the month", "the first week of december", "the last day of next month". */
function placed(match: TimeMatch, named: Parameters<typeof placeWithin>[1]): DayAtom | null {
  const { unit, span, moves } = match.get('period');
  const place = match.get('place');
  const found = placeWithin(span, named, place);
  // "Of the month" means the next month once this month's has passed; "of this month" does not.
  const later = found !== null && found.last < match.reading.today && moves;
  const meant = later ? placeWithin(stretchOf(unit, span.first, 1), named, place) : found;
  return meant === null || (unit === 'week' && named === 'week') ? null : atom(meant);
}

/** "The last five days of may"; weeks may be those of the calendar, and are asked about. */
function edge(match: TimeMatch): DayAtom {
  const { first, last } = match.get('period').span;
  const beyond = { days: match.get('n') - 1 };
  return match.said('last') ? onDay(last.minus(beyond), last) : onDay(first, first.plus(beyond));
}

/** "The rest of the week", "later this month", "later in the week". */
function rest(match: TimeMatch): DayAtom | null {
  const { unit, moves } = match.get('period');
  const { today, previous } = match.reading;
  if (!moves && !match.said('this')) return null;
  const later = match.said('later');
  const from = later && match.said('in') ? (previous?.day ?? today) : today;
  const { last } = stretchOf(unit, from);
  const tomorrow = from.plus({ days: 1 });
  const first = later && tomorrow <= last ? tomorrow : from;
  if (from !== today) return onDay(first, last);
  return atom({ first, last }, later ? `later this ${unit}` : `the rest of the ${unit}`);
}

/** "The week of the 13th": where that is a Sunday, its week may begin or end there. */
function weekBeside(match: TimeMatch): DayAtom | null {
  const span = placeDay(match.get('day'), match.reading);
  if (lengthOf(span) > 7) return null;
  const week = (by: number): DayAtom => atom(stretchOf('week', span.first, by));
  if (match.said('before', 'after')) return week(match.said('before') ? -1 : 1);
  const sunday = span.first.weekday === 7 && span.first.equals(span.last);
  return sunday ? { sort: 'either', atoms: [week(0), week(1)] } : week(0);
}

/** The nearest weekend that the days do not touch. */
const weekendBeside = (side: 1 | -1) => (match: TimeMatch) => {
  const { first, last } = placeDay(match.get('day'), match.reading);
  const near = stretchOf('weekend', side === 1 ? last : first);
  const clear = side === 1 ? near.first > last : near.last < first;
  return atom(clear ? near : stretchOf('weekend', near.first, side));
};

function stretchAfter(match: TimeMatch): DayAtom | null {
  const { previous, today } = match.reading;
  // "Next week or the week after": that is the week after next.
  const back = [-1, -2, -3, -4, -5, -6, -7];
  if (back.some((at) => match.word(at) === 'week' && match.word(at - 1) === 'next'))
    return ahead(match, 'week', 2);
  const told = match.said('this') || previous !== null;
  return told ? atom(stretchOf(unitOf(match), previous?.day ?? today, 1)) : null;
}

export const WEEK_RULES = rules<DayAtom>({
  [`${WHICH} week|month|year / on|over|at? ${WHICH}|a? weekend`]: stretch,
  'the? beginning|start|early|early_part|first_part of|in? {period}': portion('start'),
  'the? middle|midway|mid|midweek of|in? {period}': portion('middle'),
  'the? end|late|tail_end|last_part of|in? {period} / later of|in? =next {period}': portion('end'),
  'the? first|1st|second|2nd|latter|last half of|in {period}': half,
  'the? {place} {weekday} in|of|for|from {period}': (match) => placed(match, match.get('weekday')),
  'the? {place} {weekday} {period}': (match) =>
    match.get('place') > 0 && match.said('this', 'next')
      ? placed(match, match.get('weekday'))
      : null,
  'the? {place} day|days of|in {period}': (match) => placed(match, 'day'),
  'the? {place} business|working|work? day|workday|weekday of|in {period}': (match) =>
    placed(match, 'workday'),
  'the? {place} weekend of|in {period}': (match) => placed(match, 'weekend'),
  'the? first|1st|last {n} days of|in {period}': edge,
  'the? {place} week of|in {period}': (match) => placed(match, 'week'),
  [`the? rest|remainder of {period}
    anything|something|any_time|anytime|sometime|a_bit|a_little? later in? {period}`]: rest,
  'the? week after_next': (match) => ahead(match, 'week', 2, 'the week after next'),
  'the? weekend|month after_next': (match) => ahead(match, unitOf(match), 2),
  [`the? week|weekend|month after that|this? !the|my|a|an|next|christmas|xmas|new|thanksgiving|#|
      *day`]: stretchAfter,
  'the? week of|before|after|beginning|starting|commencing on|the? {day} / w_or_c {day}':
    weekBeside,
  'the? weekend of the? {day}': (match) =>
    atom(stretchOf('weekend', placeDay(match.get('day'), match.reading).first)),
  'the? weekend before the? {day}': weekendBeside(-1),
  'the? weekend after the? {day}': weekendBeside(1),
  '{n} weekends from_now|away / in {n} weekends': (match) => {
    const by = match.get('n') - 1;
    // On a weekend it cannot be told which is the first.
    const { weekday } = match.reading.today;
    return weekday > 5 ? either(match, 'weekend', by) : ahead(match, 'weekend', by);
  },
  'this_coming|this_upcoming week': (match) =>
    match.reading.today.weekday > 5 ? ahead(match, 'week', 1) : either(match, 'week', 0),
  'this_coming|this_upcoming weekend': (match) => ahead(match, 'weekend', 0, 'the weekend'),
});

function weekday(match: TimeMatch, more: Partial<WeekdayAtom> = {}): DayAtom {
  const past = match.said('last', 'past', 'previous', 'gone');
  const exactly = match.said('this') && !match.said('coming', 'upcoming');
  const which = past ? 'past' : match.said('next') ? 'next' : exactly ? 'this' : 'plain';
  const number = match.find('weekday') ?? match.get('weekdays');
  return { sort: 'weekday', weekday: number, which, weeks: 0, repeats: null, ...more };
}

export const WEEKDAY_RULES = rules<DayAtom>({
  [`{weekday}
    this|next|the_next|last|past|this_past|previous|coming|upcoming|the_coming|this_coming {weekday}
    the_upcoming|this_upcoming {weekday} / {weekday} just? gone|past`]: (match) => weekday(match),
  '{weekday} week !after|of': (match) => weekday(match, { weeks: 1 }),
  // This week's may be called "next" as well.
  'next next {weekday}': (match) => ({
    sort: 'either',
    atoms: [weekday(match), weekday(match, { weeks: 1 })],
  }),
  'the? {weekday} after_next': (match) => weekday(match, { which: 'next', weeks: 1 }),
  '{n} {weekdays} from_now|from_today|away|ahead / in {n} {weekdays}': (match) =>
    weekday(match, { weeks: match.get('n') - 1 }),
  'the? following {weekday} / the? {weekday} after that? =.|,|at|in|or|morning|afternoon|evening': (
    match,
  ) => {
    const { previous } = match.reading;
    const which = match.said('following') ? 'next' : 'plain';
    if (previous === null) return weekday(match, { which });
    const by = (match.get('weekday') - previous.day.weekday + 7) % 7 || 7;
    return onDay(previous.day.plus({ days: by }));
  },
  'on? {weekdays} / on? any {weekday}': (match) => weekday(match, { repeats: 'plural' }),
  'the? next|coming 2 {weekdays}': ({ get }) => ({
    sort: 'weekday',
    weekday: get('weekdays'),
    which: 'plain',
    weeks: 0,
    repeats: 'plural',
  }),
  'every|each {weekday}': (match) => weekday(match, { repeats: 'every' }),
  [`<!#|in on? any|some|a|every? weekday|weekdays|workday|workdays / during_the_week
    <!#|in on? any|some|a|every? work|working|business day|days`]: {
    sort: 'workdays',
    weekend: false,
  },
  'on? any|some|the? weekends / on? a weekend': { sort: 'workdays', weekend: true },
});

/** The same weekday or stretch of this week and of the next. */
function ofThisAndNext(match: TimeMatch): readonly [Item, Item] {
  if (match.find('weekday') !== undefined)
    return [days(weekday(match, { which: 'this' })), days(weekday(match, { which: 'next' }))];
  const unit = unitOf(match);
  return [days(ahead(match, unit, 0, `this ${unit}`)), days(ahead(match, unit, 1, `next ${unit}`))];
}

/** "Around the 15th", "thursday or so": the days beside it are as good. */
function around(match: TimeMatch): readonly Item[] | null {
  const named = match.get('day');
  const { first, last } = placeDay(named, match.reading);
  const { today } = match.reading;
  if (!first.equals(last) || first < today) return null;
  const margin = { days: named.sort === 'weekday' ? 1 : 2 };
  const from = first.minus(margin);
  return [days(onDay(from < today ? today : from, last.plus(margin)))];
}

const SPANS = 'week|month|weekend';

export const THIS_OR_NEXT_RULES = rules<readonly Item[]>({
  'around|about|approximately|roughly|near|close_to {day} / {day} or_so|ish|or_thereabouts': around,
  [`earlier in|this the? week|month / {holiday} weekend / long weekend|weekends
    early|late next =.|, / the? other {weekday} / {weekday} next !week|month / {n} {weekdays}`]: [
    { type: 'odd' },
  ],
  [`not this {weekday} but next|the_next one? / not this ${SPANS} but next|the_next one?`]: (
    match,
  ) => ofThisAndNext(match).slice(1),
  [`this {weekday} ,? not next|the_next one? / this ${SPANS} ,? not next|the_next one?`]: (match) =>
    ofThisAndNext(match).slice(0, 1),
  [`this {weekday} or|and next|the_next one? !*day|${SPANS} / this or|and next {weekday}
    this ${SPANS} or|and next|the_next one? !*day|${SPANS} / this or|and next ${SPANS}`]: (
    match,
  ) => {
    const [first, second] = ofThisAndNext(match);
    return [first, { type: 'or' }, second];
  },
  'the? beginning|start|early|early_part|first_part|middle|mid|end|late|last_part of|in? {period}':
    ({ get }) => (get('period').unit === 'year' ? [{ type: 'odd' }] : null),
  // The working week ends on Friday.
  'by|before|until the? end of|of_this {period}': ({ get, reading: { today } }) => {
    const { unit, span } = get('period');
    const last = unit === 'week' ? span.first.plus({ days: 4 }) : span.last;
    return [last < today ? { type: 'odd' } : days(onDay(last), { bound: 'by' })];
  },
});
