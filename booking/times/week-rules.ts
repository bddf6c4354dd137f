import {
  lengthOf,
  monthNamed,
  placeWithin,
  portionOf,
  stretchOf,
  type DaySpan,
  type Unit,
} from './day-spans.ts';
import { days, onDay, type Item } from './items.ts';
import { placeDay } from './place-day.ts';
import { rules, type Symbols, type TimeMatch } from './symbols.ts';
import type { DayAtom, WeekdayAtom } from './wish.ts';

const WHICH =
  'this|next|the_next|the_following|the_coming|coming|upcoming|last|past|previous|the|current';

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

export const PERIOD_RULES = rules<Symbols['period']>({
  [`${WHICH}? week|month|year`]: (match) => {
    const { today, previous } = match.reading;
    const unit = unitOf(match);
    const from = match.said('following') ? (previous?.day ?? today) : today;
    const moves = !match.said('this', 'next', 'following', 'last', 'past', 'previous', 'current');
    return { unit, span: stretchOf(unit, from, steps(match)), moves };
  },
  'next|this|the_month_of? {month} / {month} of? {year}': (match) => {
    const year = match.find('year') ?? null;
    return {
      unit: 'month',
      span: monthNamed(match.get('month'), year, match.reading.today),
      moves: year === null,
    };
  },
});

function stretch(match: TimeMatch): DayAtom | null {
  const { today, previous } = match.reading;
  const unit = unitOf(match);
  const leans = match.said('following') && previous !== null;
  const ahead = steps(match);
  const span = stretchOf(unit, leans ? previous.day : today, ahead);
  const name = unit === 'month' ? `, ${span.first.toFormat('LLLL')}` : '';
  if (leans || ahead < 0) return atom(span);
  if (unit === 'weekend') return atom(span, ahead === 1 ? 'next weekend' : 'the weekend');
  return atom(span, `${ahead === 1 ? 'next' : 'this'} ${unit}${name}`);
}

/** "The beginning of next week", "late december", "the second half of the month". */
function portion(match: TimeMatch): DayAtom | null {
  const { unit, span, moves } = match.get('period');
  const { today } = match.reading;
  if (unit === 'year' || span.last < today || (match.said('later') && !match.said('next')))
    return null;
  if (match.said('half')) {
    const middle = span.first.plus({ days: unit === 'week' ? 3 : 15 });
    const late = match.said('second', '2nd', 'latter', 'last');
    return late ? onDay(middle, span.last) : onDay(span.first, middle.minus({ days: 1 }));
  }
  const late = match.said('end', 'late', 'later', 'tail', 'last');
  const side = match.said('middle', 'mid', 'midway') ? 'middle' : late ? 'end' : 'start';
  const part = portionOf(span, side, unit);
  if (part.last >= today || !moves) return atom(part);
  // "The end of the week", said on a Saturday, is not over but was not meant for this week.
  return atom(portionOf(stretchOf(unit, span.first, span.first > today ? 12 : 1), side, unit));
}

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

/** "The rest of the week", "later this month", "later in the week". */
function rest(match: TimeMatch): DayAtom | null {
  const { unit, moves } = match.get('period');
  const { today, previous } = match.reading;
  if (!moves && !match.said('this')) return null;
  const later = match.said('later');
  const leans = later && match.said('in') && previous !== null;
  const base = leans ? previous.day : today;
  const { last } = stretchOf(unit, base);
  const tomorrow = base.plus({ days: 1 });
  const words = later ? `later this ${unit}` : `the rest of the ${unit}`;
  return atom(
    { first: later && tomorrow <= last ? tomorrow : base, last },
    leans ? undefined : words,
  );
}

/** "The week of the 13th": where that is a Sunday, its week may begin or end there. */
function weekBeside(match: TimeMatch): DayAtom | null {
  const span = placeDay(match.get('day'), match.reading);
  if (match.said('weekend') && match.said('of')) return atom(stretchOf('weekend', span.first));
  if (match.said('weekend')) return weekendBeside(span, match.said('after') ? 1 : -1);
  if (lengthOf(span) > 7) return null;
  const week = (ahead: number): DayAtom => atom(stretchOf('week', span.first, ahead));
  if (match.said('before', 'after')) return week(match.said('before') ? -1 : 1);
  const sunday = span.first.weekday === 7 && span.first.equals(span.last);
  return sunday ? { sort: 'either', atoms: [week(0), week(1)] } : week(0);
}

/** The nearest weekend that the days do not touch. */
function weekendBeside({ first, last }: DaySpan, side: 1 | -1): DayAtom {
  const near = stretchOf('weekend', side === 1 ? last : first);
  const clear = side === 1 ? near.first > last : near.last < first;
  return atom(clear ? near : stretchOf('weekend', near.first, side));
}

/** "Around the 15th", "thursday or so": the days beside it are as good. */
function around(match: TimeMatch): readonly Item[] | null {
  const named = match.get('day');
  const { first, last } = placeDay(named, match.reading);
  const margin = { days: named.sort === 'weekday' ? 1 : 2 };
  const { today } = match.reading;
  if (!first.equals(last) || first < today) return null;
  const from = first.minus(margin);
  return [days(onDay(from < today ? today : from, last.plus(margin)))];
}

function saidNextWeek(match: TimeMatch): boolean {
  const back = [-1, -2, -3, -4, -5, -6, -7];
  return back.some((at) => match.word(at) === 'week' && match.word(at - 1) === 'next');
}

function stretchAfter(match: TimeMatch): DayAtom | null {
  const { previous, today } = match.reading;
  const measured = /^(?:the|my|a|an|next|christmas|xmas|new|thanksgiving|\d.*|.*day)$/;
  if (measured.test(match.word(0))) return null;
  // "Next week or the week after": that is the week after next.
  if (saidNextWeek(match)) return atom(stretchOf('week', today, 2));
  const told = match.said('that', 'this') || previous !== null;
  return told ? atom(stretchOf(unitOf(match), previous?.day ?? today, 1)) : null;
}

export const WEEK_RULES = rules<DayAtom>({
  [`${WHICH} week|month|year / on|over|at? ${WHICH}|a? weekend`]: stretch,
  'the? beginning|start|early|early_part|first_part|middle|midway|mid|end|late|later|tail_end|last_part of|in? {period} / the? first|1st|second|2nd|latter|last half of|in {period}':
    portion,
  'the? {place} {weekday} in|of|for|from {period}': (match) => placed(match, match.get('weekday')),
  'the? {place} {weekday} {period}': (match) =>
    match.get('place') > 0 && match.said('this', 'next')
      ? placed(match, match.get('weekday'))
      : null,
  'the? {place} day|days of|in {period}': (match) => placed(match, 'day'),
  'the? {place} business|working|work day of|in {period} / the? {place} workday|weekday of|in {period}':
    (match) => placed(match, 'workday'),
  'the? {place} weekend of|in {period}': (match) => placed(match, 'weekend'),
  'the? {place} week of|in {period}': (match) => placed(match, 'week'),
  'the? rest|remainder of {period} / anything|something|any_time|anytime|sometime? later in? {period}':
    rest,
  'the? week|weekend|month after_next': (match) => {
    const unit = unitOf(match);
    return atom(
      stretchOf(unit, match.reading.today, 2),
      unit === 'week' ? 'the week after next' : undefined,
    );
  },
  'the? week|weekend|month after that|this?': stretchAfter,
  'the? week of|before|after|beginning|starting|commencing on|the? {day} / the? weekend of|before|after the? {day}':
    weekBeside,
  '{n} weekends from_now|away / in {n} weekends': (match) => {
    const { today } = match.reading;
    const weekend = (ahead: number): DayAtom => atom(stretchOf('weekend', today, ahead));
    const count = match.get('n');
    // On a weekend it cannot be told which is the first.
    return today.weekday > 5
      ? { sort: 'either', atoms: [weekend(count - 1), weekend(count)] }
      : weekend(count - 1);
  },
  'this_coming|this_upcoming week': ({ reading: { today } }) => {
    const week = (ahead: number): DayAtom => atom(stretchOf('week', today, ahead));
    return today.weekday > 5 ? week(1) : { sort: 'either', atoms: [week(0), week(1)] };
  },
  'this_coming|this_upcoming weekend': ({ reading: { today } }) =>
    atom(stretchOf('weekend', today), 'the weekend'),
});

function weekday(match: TimeMatch, more: Partial<WeekdayAtom> = {}): DayAtom {
  const past = match.said('last', 'past', 'previous');
  const exactly = match.said('this') && !match.said('coming', 'upcoming');
  const which = past ? 'past' : match.said('next') ? 'next' : exactly ? 'this' : 'plain';
  const number = match.find('weekday') ?? match.get('weekdays');
  return { sort: 'weekday', weekday: number, which, weeks: 0, repeats: null, ...more };
}

export const WEEKDAY_RULES = rules<DayAtom>({
  '{weekday} / this|next|the_next|last|past|this_past|previous|coming|upcoming|the_coming|this_coming|the_upcoming|this_upcoming {weekday}':
    (match) => weekday(match),
  '{weekday} week': (match) =>
    /^(?:after|of)$/.test(match.word(0)) ? null : weekday(match, { weeks: 1 }),
  'the? {weekday} after_next': (match) => weekday(match, { which: 'next', weeks: 1 }),
  '{n} {weekdays} from_now|from_today|away|ahead / in {n} {weekdays}': (match) =>
    weekday(match, { weeks: match.get('n') - 1 }),
  'the? following {weekday} / the? {weekday} after that?': (match) => {
    const { previous } = match.reading;
    const following = match.said('following');
    if (!following && !/^(?:|,|at|in|or|morning|afternoon|evening)$/.test(match.word(0)))
      return null;
    if (previous === null) return weekday(match, { which: following ? 'next' : 'plain' });
    const ahead = (match.get('weekday') - previous.day.weekday + 7) % 7 || 7;
    return onDay(previous.day.plus({ days: ahead }));
  },
  'on? {weekdays} / on? any {weekday}': (match) => weekday(match, { repeats: 'plural' }),
  'every|each {weekday}': (match) => weekday(match, { repeats: 'every' }),
  'on? any|some|a|every? weekday|weekdays|workday|workdays / on? any|some|a|every? work|working|business day|days / during_the_week':
    (match) => (/^(?:\d.*|in)$/.test(match.word(-1)) ? null : { sort: 'workdays', weekend: false }),
  'on? any|some|the? weekends': () => ({ sort: 'workdays', weekend: true }),
});

/** The same weekday or stretch of this week and of the next. */
function ofThisAndNext(match: TimeMatch): [Item, Item] {
  const { today } = match.reading;
  if (match.find('weekday') !== undefined)
    return [days(weekday(match, { which: 'this' })), days(weekday(match, { which: 'next' }))];
  const unit = unitOf(match);
  return [
    days(atom(stretchOf(unit, today), `this ${unit}`)),
    days(atom(stretchOf(unit, today, 1), `next ${unit}`)),
  ];
}

export const THIS_OR_NEXT_RULES = rules<readonly Item[]>({
  'around|about|approximately|roughly|near|close_to {day} / {day} or_so|ish|or_thereabouts': around,
  'earlier in|this the? week|month / {holiday} weekend / long weekend|weekends': () => [
    { type: 'odd' },
  ],
  'not this {weekday} but next|the_next one? / not this week|month|weekend but next|the_next one?':
    (match) => ofThisAndNext(match).slice(1),
  'this {weekday} ,? not next|the_next one? / this week|month|weekend ,? not next|the_next one?': (
    match,
  ) => ofThisAndNext(match).slice(0, 1),
  'this {weekday} or|and next|the_next one? / this or|and next {weekday} / this week|month|weekend or|and next|the_next one? / this or|and next week|month|weekend':
    (match) => {
      const [first, second] = ofThisAndNext(match);
      return /^(?:week|month|weekend|.*day)$/.test(match.word(0))
        ? null
        : [first, { type: 'or' }, second];
    },
  'the? beginning|start|early|early_part|first_part|middle|mid|end|late|last_part of|in? {period}':
    (match) => (match.get('period').unit === 'year' ? [{ type: 'odd' }] : null),
  // The working week ends on Friday.
  'by|before|until the? end of|of_this {period}': (match) => {
    const { unit, span } = match.get('period');
    const last = unit === 'week' ? span.first.plus({ days: 4 }) : span.last;
    return [last < match.reading.today ? { type: 'odd' } : days(onDay(last), { bound: 'by' })];
  },
});
