import { oneDay, stretchOf, workdayAfter, type DaySpan, type Unit } from './day-spans.ts';
import { days, onDay, part, type Item } from './items.ts';
import type { CalendarDay } from './local-instants.ts';
import { placeDay } from './place-day.ts';
import { rules, type Symbols, type TimeMatch } from './symbols.ts';
import type { DayAtom } from './wish.ts';

export const AMOUNT_RULES = rules<Symbols['amount']>({
  '{n} / a|an / a? couple of?': (match) => {
    const count = match.find('n') ?? (match.said('couple') ? 2 : 1);
    return { least: count, most: count };
  },
  'a? few|several': () => ({ least: 2, most: 5 }),
  '{n} or|to|- {n}': (match) => ({ least: match.get('n'), most: match.all('n')[1] ?? 0 }),
});

/** What "a few hours" are counted as. */
const FEW = 3;

export const DURATION_RULES = rules<number>({
  '{amount} {minutes} / {amount} {minutes} and? {n} minutes|minute|mins|min': (match) => {
    const { least, most } = match.get('amount');
    const rest = match.said('and') || match.all('n').length > 1 ? (match.all('n').at(-1) ?? 0) : 0;
    return (
      (least === most ? least : FEW) * match.get('minutes') + (match.get('minutes') > 1 ? rest : 0)
    );
  },
  'half an|a? hour / a_half hour': () => 30,
  'a? quarter of_an hour': () => 15,
  'three_quarters|3_quarters of an hour': () => 45,
  'an|1 hour and_a_half': () => 90,
  '{n} and_a_half hours / {n} hours and_a_half': (match) => match.get('n') * 60 + 30,
});

const shift = (day: CalendarDay, amount: number, unit: Unit): CalendarDay =>
  day.plus({ [unit]: amount });

function base(match: TimeMatch): DaySpan {
  const from = match.find('day');
  return from === undefined ? oneDay(match.reading.today) : placeDay(from, match.reading);
}

/** "In two weeks" is that one day, and names its week; "in a few weeks" is a stretch. */
function ahead(match: TimeMatch): DayAtom | null {
  if (/^(?:more|less|least|most|than)$/.test(match.word(-1))) return null;
  const { least, most } = match.get('amount');
  const unit = match.get('unit');
  const { today } = match.reading;
  const span = { first: shift(today, least, unit), last: shift(today, most, unit) };
  return {
    sort: 'span',
    span: least === most && unit !== 'day' ? { ...span, weekOf: true } : span,
  };
}

/** "The next two weeks" are fourteen days with today; "the next two days" end with the second. */
function fromToday(match: TimeMatch): DayAtom | null {
  if (match.find('amount') === undefined && match.said('weeks', 'months', 'years')) return null;
  const unit = match.get('unit');
  const { today } = match.reading;
  const last = shift(today, match.find('amount')?.most ?? 1, unit);
  return onDay(today, unit === 'week' ? last.minus({ days: 1 }) : last);
}

/** So many units before or after the day that is named. */
function measured(match: TimeMatch): DayAtom | null {
  const { least, most } = match.find('amount') ?? { least: 1, most: 1 };
  const unit = match.find('unit') ?? 'week';
  if (least !== most || (match.said('on') && unit !== 'week')) return null;
  const { first, last } = base(match);
  return onDay(match.said('before') ? shift(first, -least, unit) : shift(last, least, unit));
}

/** The day after or before the appointment talked about last. */
function beside(match: TimeMatch, steps: number): DayAtom | null {
  const { previous } = match.reading;
  return previous === null ? null : onDay(previous.day.plus({ days: steps }));
}

const from = (match: TimeMatch, steps: number): DayAtom =>
  onDay(match.reading.today.plus({ days: steps }));

export const COUNT_RULES = rules<DayAtom>({
  'later|sometime? today': (match) => from(match, 0),
  'tomorrow|tomorrows|tmrw|tmr|tomorow|tommorow|tommorrow': (match) => from(match, 1),
  'the? day after_tomorrow / overmorrow': (match) => from(match, 2),
  'yesterday / last night': (match) => from(match, -1),
  'the? day before_yesterday': (match) => from(match, -2),
  'tomorrow week': (match) => from(match, 8),
  this: (match) => {
    const at = /^(?:early|late|mid)$/.test(match.word(0)) ? 1 : 0;
    return /^(?:morning|afternoon|evening)$/.test(match.word(at)) ? from(match, 0) : null;
  },
  'the? day before that?': (match) => (match.word(0) === '' ? beside(match, -1) : null),
  'the? day after that? / the? next|following day': (match) => {
    if (match.word(-2) === 'tomorrow' && /^(?:or|and)$/.test(match.word(-1))) return from(match, 2);
    const measures = /^(?:the|my|a|an|thanksgiving|christmas|new|.*day|\d.*)$/.test(match.word(0));
    return match.said('after') && measures ? null : beside(match, 1);
  },
  'the? next|following': (match) =>
    /^(?:morning|afternoon|evening)$/.test(match.word(0)) ? beside(match, 1) : null,
  // "Next week" is a week after the appointment at the least, as for "same time next week".
  'on? the? same day of? next_week|the_week_after|the_following_week|week_after|following_week': (
    match,
  ) => {
    const { previous, today } = match.reading;
    if (previous === null) return null;
    const next = stretchOf('week', today, 1).first.plus({ days: previous.day.weekday - 1 });
    return next > previous.day ? onDay(next) : beside(match, 7);
  },
  'on? the? same|that|very_same day': (match) => beside(match, 0),
  '{amount} {unit} ago': (match) =>
    onDay(shift(match.reading.today, -match.get('amount').least, match.get('unit'))),
  'in|over|within the? coming|next days': ({ reading: { today } }) =>
    onDay(today, today.plus({ days: 5 })),
  'within|over the? next|coming|following {unit} / in|during|sometime_in the next|coming|following {unit} / within {amount} {unit} / within|in|over|during|sometime_in|for? the? next|coming|following {amount} {unit} or_so?':
    fromToday,
  'in about|around|roughly|exactly|approximately|maybe? {amount} {unit} time|from_now|or_so? / {amount} {unit} from|after now|today / {amount} {unit} today|out|hence':
    ahead,
  'in? a|1 {unit} or 2 from_now?': ({ get, reading: { today } }) =>
    onDay(shift(today, 1, get('unit')), shift(today, 2, get('unit'))),
  'in? {amount} fortnight|fortnights time|from_now|from_today?': (match) =>
    from(match, 14 * match.get('amount').least),
  'in {n} business|working|work day|days time|from_now|from_today? / {n} business|working|work day|days from|after {day} / {n} business|working|work day|days from_now|from_today / in {n} workdays|weekdays / {n} workdays|weekdays from_now|from_today':
    (match) => onDay(workdayAfter(base(match).last, match.get('n'))),
  '{amount} {unit} from|after|before|on the? {day} / {amount} {unit} {day} / week from|on {day}': (
    match,
  ) => {
    const beside = !match.said('from', 'after', 'before', 'on');
    return beside && (match.word(-1) === 'in' || !match.said('tomorrow')) ? null : measured(match);
  },
  'the? eve of {day}': (match) => onDay(base(match).first.minus({ days: 1 })),
  'the? day of|after|before the? {day}': (match) => {
    const { first, last } = base(match);
    if (match.said('of')) return match.get('day');
    return onDay(match.said('after') ? last.plus({ days: 1 }) : first.minus({ days: 1 }));
  },
  // "The tuesday before christmas": the nearest to the day that follows.
  'the? first|1st|last|next? {weekday} before|after the? {day}': (match) => {
    const { first, last } = base(match);
    const weekday = match.get('weekday');
    if (last.diff(first, 'days').days >= 7) return null;
    return match.said('after')
      ? onDay(last.plus({ days: (weekday - last.weekday + 7) % 7 || 7 }))
      : onDay(first.minus({ days: (first.weekday - weekday + 7) % 7 || 7 }));
  },
  '{holiday} / next {holiday} / {holiday} {year}': (match) => {
    const { today } = match.reading;
    const year = match.find('year');
    const day = match.get('holiday')(year ?? today.year);
    return onDay(day < today && year === undefined ? match.get('holiday')(today.year + 1) : day);
  },
});

export const COUNT_ITEM_RULES = rules<readonly Item[]>({
  'on? any_other|another|a_different|different|some_other day|date': ({ reading }) =>
    reading.previous === null
      ? [{ type: 'any time' }]
      : [{ type: 'not' }, days(onDay(reading.previous.day))],
  'right? now / right_away|immediately|straight_away': ({ reading, word }) =>
    word(0) === 'for' || word(-1) === 'until'
      ? []
      : [days(onDay(reading.today)), { type: 'soonest' }],
  'from|between|by? now to|until|till|til|and|through {day}': (match) => [
    days(match.get('day'), { bound: 'by' }),
  ],
  'in|into the new year': ({ reading: { today } }) => [
    days(onDay(stretchOf('year', today, 1).first), { bound: 'from' }),
  ],
  '{amount} {unit} later|earlier|sooner': (match) => {
    const { previous } = match.reading;
    if (previous === null) return null;
    const amount = match.get('amount').least * (match.said('later') ? 1 : -1);
    const time = { sort: 'same', minutes: 0, implied: true } as const;
    return [days(onDay(shift(previous.day, amount, match.get('unit')))), { type: 'time', time }];
  },
  'more|less than {amount} {unit}': () => [{ type: 'odd' }],
  tonight: (match) => [days(from(match, 0)), part('night')],
  'from now on / as_of now / on? any|every|all day|days / on? anyday|everyday / whenever / im|i_am|were|we_are flexible':
    ({ word }) => (/^(?:but|bar)$/.test(word(0)) ? null : [{ type: 'any time' }]),
  'first|1st thing in_the_morning? on? {day}': (match) => {
    const { today } = match.reading;
    const { first } = base(match);
    return [part('first thing'), days(onDay(first < today ? today : first))];
  },
});
