import { oneDay, stretchOf, workdayAfter, type DaySpan, type Unit } from '../placing/day-spans.ts';
import { days, onDay, part, type Item } from './items.ts';
import type { CalendarDay } from '../placing/local-instants.ts';
import { placeDay } from '../placing/place-day.ts';
import { rules, type Symbols, type TimeMatch } from './symbols.ts';
import type { DayAtom } from '../placing/wish.ts';

const amount = (least: number, most = least): Symbols['amount'] => ({ least, most });

export const AMOUNT_RULES = rules<Symbols['amount']>({
  '{n}': ({ get }) => amount(get('n')),
  'a|an': amount(1),
  'a? couple of?': amount(2),
  'a? few|several': amount(2, 5),
  '{n} or|to|- {n}': ({ get, all }) => amount(get('n'), all('n')[1]),
});

/** What "a few hours" are counted as. */
const FEW = 3;

export const DURATION_RULES = rules<number>({
  '{amount} {minutes}': ({ get }) => {
    const { least, most } = get('amount');
    return (least === most ? least : FEW) * get('minutes');
  },
  '{n} {minutes} and? {n} minutes|minute|mins|min': ({ get, all }) =>
    get('n') * get('minutes') + (get('minutes') > 1 ? (all('n')[1] ?? 0) : 0),
  'half an|a? hour / a_half hour': 30,
  'a? quarter of_an hour': 15,
  'three_quarters|3_quarters of an hour': 45,
  'an|1 hour and_a_half': 90,
  '{n} and_a_half hours / {n} hours and_a_half': ({ get }) => get('n') * 60 + 30,
});

function shift(day: CalendarDay, by: number, unit: Unit): CalendarDay {
  return day.plus({ [unit]: by });
}

function base(match: TimeMatch): DaySpan {
  const from = match.find('day');
  return from === undefined ? oneDay(match.reading.today) : placeDay(from, match.reading);
}

/** "In two weeks" is that one day, and names its week; "in a few weeks" is a stretch. */
function ahead({ get, reading: { today } }: TimeMatch): DayAtom {
  const { least, most } = get('amount');
  const unit = get('unit');
  const span = { first: shift(today, least, unit), last: shift(today, most, unit) };
  const weekOf = least === most && unit !== 'day' ? { weekOf: true as const } : {};
  return { sort: 'span', span: { ...span, ...weekOf } };
}

/** "The next two weeks" are fourteen days with today; "the next two days" end with the second. */
function fromToday({ get, find, said, reading: { today } }: TimeMatch): DayAtom | null {
  const count = find('amount')?.most;
  if (count === undefined && said('weeks', 'months', 'years')) return null;
  const last = shift(today, count ?? 1, get('unit'));
  return onDay(today, get('unit') === 'week' ? last.minus({ days: 1 }) : last);
}

/** So many units before or after the day that is named. */
function measured(match: TimeMatch): DayAtom | null {
  const { least, most } = match.find('amount') ?? amount(1, match.said('or') ? 2 : 1);
  const unit = match.find('unit') ?? 'week';
  if (match.said('on') && (unit !== 'week' || least !== most)) return null;
  const { first, last } = base(match);
  return match.said('before')
    ? onDay(shift(first, -most, unit), shift(first, -least, unit))
    : onDay(shift(last, least, unit), shift(last, most, unit));
}

/** The day so far from the appointment talked about last. */
const beside = (steps: number) => (match: TimeMatch) => {
  const { previous } = match.reading;
  return previous === null ? null : onDay(previous.day.plus({ days: steps }));
};
const fromNow = (steps: number) => (match: TimeMatch) =>
  onDay(match.reading.today.plus({ days: steps }));

/** Behind "the day after" these name the day that it is measured from. */
const MEASURED = '!the|my|a|an|thanksgiving|christmas|new|*day|#';
const PARTS = '=morning|afternoon|evening';

export const COUNT_RULES = rules<DayAtom>({
  [`later|sometime? today / this ${PARTS} / this =early|late|mid`]: fromNow(0),
  'tomorrow|tomorrows|tmrw|tmr|tomorow|tommorow|tommorrow': fromNow(1),
  'the? day after_tomorrow / overmorrow': fromNow(2),
  'yesterday / last night': fromNow(-1),
  'the? day before_yesterday': fromNow(-2),
  'tomorrow week': fromNow(8),
  'the? day before that? =.': beside(-1),
  [`the? day after that? ${MEASURED} / the? next|following day / the? next|following ${PARTS}`]: (
    match,
  ) =>
    // "Tomorrow or the day after".
    match.word(-2) === 'tomorrow' && /^(?:or|and)$/.test(match.word(-1)) && match.said('day')
      ? fromNow(2)(match)
      : beside(1)(match),
  // "Next week" is a week after the appointment at the least, as for "same time next week".
  'on? the? same day of? next_week|the_week_after|the_following_week|week_after|following_week': (
    match,
  ) => {
    const { previous, today } = match.reading;
    if (previous === null) return null;
    const next = stretchOf('week', today, 1).first.plus({ days: previous.day.weekday - 1 });
    return next > previous.day ? onDay(next) : beside(7)(match);
  },
  'on? the? same|that|very_same day': beside(0),
  '{amount} {unit} ago': ({ get, reading }) =>
    onDay(shift(reading.today, -get('amount').least, get('unit'))),
  'in|over|within the? coming|next days': ({ reading: { today } }) =>
    onDay(today, today.plus({ days: 5 })),
  [`within|over the? next|coming|following {unit}
    in|during|sometime_in the next|coming|following {unit}
    within {amount} {unit} !of
    within|in|over|during|sometime_in|for? the? next|coming|following {amount} {unit} or_so?`]:
    fromToday,
  [`in about|around|roughly|exactly|approximately|maybe? {amount} {unit} time|from_now|or_so?
    <!more|less|least|most|than {amount} {unit} from|after now|today
    {amount} {unit} today|out|hence`]: ahead,
  'in? a|1 {unit} or 2 from_now?': ({ get, reading: { today } }) =>
    onDay(shift(today, 1, get('unit')), shift(today, 2, get('unit'))),
  'in? {amount} fortnight|fortnights time|from_now|from_today?': (match) =>
    fromNow(14 * match.get('amount').least)(match),
  [`in {n} business|working|work day|days time|from_now|from_today?
    {n} business|working|work day|days from|after {day}
    {n} business|working|work day|days from_now|from_today
    in {n} workdays|weekdays / {n} workdays|weekdays from_now|from_today`]: (match) =>
    onDay(workdayAfter(base(match).last, match.get('n'))),
  [`{amount} {unit} from|after|before|on the? {day} / week from|on {day}
    a|1 {unit} or 2 after|before the? {day}`]: measured,
  '<!in {amount} {unit} {day}': (match) => (match.said('tomorrow') ? measured(match) : null),
  'the? eve of {day} / the? day right|just? before the? {day}': (match) =>
    onDay(base(match).first.minus({ days: 1 })),
  'the? day right|just? after the? {day}': (match) => onDay(base(match).last.plus({ days: 1 })),
  'the? day of the? {day}': ({ get }) => get('day'),
  'the? earlier|sooner|earliest|later|latest of {day} and|or {day}': (match) => {
    const [one, other] = match.all('day').map((day) => placeDay(day, match.reading));
    if (one === undefined || other === undefined) return null;
    const late = match.said('later', 'latest');
    const { first, last } = one.first < other.first === late ? other : one;
    return onDay(first, last);
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
  'next? {holiday} / {holiday} {year}': ({ get, find, reading: { today } }) => {
    const day = get('holiday')(find('year') ?? today.year);
    const passed = day < today && find('year') === undefined;
    return onDay(passed ? get('holiday')(today.year + 1) : day);
  },
});

export const COUNT_ITEM_RULES = rules<readonly Item[]>({
  'on? any_other|another|a_different|different|some_other day|date': ({ reading: { previous } }) =>
    previous === null ? [{ type: 'any time' }] : [{ type: 'not' }, days(onDay(previous.day))],
  '<=until right? now / right? now =for / <=*day|and|so|but now': [],
  'right? now / right_away|immediately|straight_away': ({ reading }) => [
    days(onDay(reading.today)),
    { type: 'soonest' },
  ],
  'from|between|by? now to|until|till|til|and|through {day}': ({ get }) => [
    days(get('day'), { bound: 'by' }),
  ],
  'in|into|come the new year': ({ reading: { today } }) => [
    days(onDay(stretchOf('year', today, 1).first), { bound: 'from' }),
  ],
  '{amount} {unit} later|earlier|sooner': ({ get, said, reading: { previous } }) => {
    if (previous === null) return null;
    const by = get('amount').least * (said('later') ? 1 : -1);
    const time = { sort: 'same', minutes: 0, implied: true } as const;
    return [days(onDay(shift(previous.day, by, get('unit')))), { type: 'time', time }];
  },
  'more|less than {amount} {unit} / in a|an|1 hour|minute or 2': [{ type: 'odd' }],
  tonight: ({ reading }) => [days(onDay(reading.today)), part('night')],
  [`from now on !but|bar / as_of now !but|bar / on? any|every|all day|days !but|bar
    on? anyday|everyday !but|bar / whenever !but|bar / im|i_am|were|we_are flexible !but|bar`]: [
    { type: 'any time' },
  ],
  'first|1st thing in_the_morning? on? {day}': (match) => {
    const { today } = match.reading;
    const { first } = base(match);
    return [part('first thing'), days(onDay(first < today ? today : first))];
  },
});
