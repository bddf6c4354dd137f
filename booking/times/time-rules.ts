import { days, onDay, part, type Item } from './items.ts';
import { rules, type TimeMatch } from './symbols.ts';
import type { DayPart } from './day-parts.ts';
import type { Clock, TimeWish } from './wish.ts';

const time = (wish: TimeWish): readonly Item[] => [{ type: 'time', time: wish }];
const from = (clock: Clock): TimeWish => ({ sort: 'limit', from: clock, to: null });

const TO = 'to|-|until|till|til|through|thru';
const AFTER = 'after|past|later_than|beyond|not_until_after|until_after';
const BEFORE = 'before|prior_to|earlier_than|sooner_than|ahead_of';
const UNTIL = 'until|till|til|up_to|up_until';
const BY =
  'by|no_later_than|not_later_than|not_after_than|no_after_than|on_or_before|no_any_later_than|latest|not_any_later_than';
const FROM =
  'from|starting|starting_at|starting_from|starting_on|beginning|beginning_at|beginning_on|as_of|no_earlier_than|not_earlier_than|no_sooner_than|not_sooner_than|no_before_than|not_before_than|on_or_after';

/** "Five to ten", "ten to three": part of the world hears 9:55, the rest from five on. */
function isDoubtful(match: TimeMatch): boolean {
  const [minutes, hour = 0] = match.all('n');
  const plain = !/^(?:from|between|at|about|around)$/.test(match.word(-1));
  const clear = /^(?:am|pm|oclock|days|weeks|months|hours|minutes|people|of|a|p)$/.test(
    match.word(0),
  );
  return (
    plain && !clear && hour < 13 && ((minutes === 5 && hour > 5) || (minutes === 10 && hour < 8))
  );
}

export const LIMIT_RULES = rules<readonly Item[]>({
  '{n} to {n}': (match) => (isDoubtful(match) ? [{ type: 'odd' }] : null),
  '{clock} / at|exactly_at|for_around? {clock}': (match) =>
    time({ sort: 'at', clock: match.get('clock'), around: false }),
  [`{moment} ${TO} {moment} / from {moment} ${TO} {moment} / between {moment} and|${TO} {moment}`]:
    (match) => {
      const [start, end] = match.all('moment');
      return start === undefined || end === undefined
        ? null
        : time({ sort: 'limit', from: start, to: end });
    },
  [`any_time|anytime? ${AFTER}|${FROM} {moment} / ${FROM} {moment} on|onwards|onward / {moment} or|and later|onwards|onward / {moment} onwards|onward / {moment} at_the_earliest|at_the_very_earliest`]:
    (match) => time(from(match.get('moment'))),
  '{moment} or|and after|after_that|any_time_after|up|anything_after / {moment} on': (match) => {
    const ends =
      /^(?:|,|on|so|but|please|works)$/.test(match.word(0)) &&
      match.word(0) !== (match.said('on') ? 'on' : '');
    return ends || match.word(0) === '' ? time(from(match.get('moment'))) : null;
  },
  [`any_time|anytime? ${BEFORE}|${BY} {moment} / {moment} or earlier|sooner / {moment} ,? at_the_latest|the_latest|latest|at_latest|at_the_very_latest`]:
    (match) => time({ sort: 'limit', from: null, to: match.get('moment') }),
  '{moment} or before|any_time_before': (match) =>
    /^(?:|,|on)$/.test(match.word(0))
      ? time({ sort: 'limit', from: null, to: match.get('moment') })
      : null,
  [`${UNTIL} {moment}`]: (match) =>
    time({ sort: 'limit', from: null, to: match.get('moment'), isUntil: true }),
  'at? around|about|approximately|roughly|circa|close_to|near {moment} / {moment} ish|or_so|or_thereabouts|thereabouts':
    (match) => time({ sort: 'at', clock: match.get('moment'), around: true }),
  'at {moment}': (match) => time({ sort: 'at', clock: match.get('moment'), around: false }),
  [`${AFTER} {group}`]: (match) => limit(match, 'after'),
  [`${BEFORE} {group}`]: (match) => limit(match, 'before'),
  [`${BY}|${UNTIL} {group}`]: (match) => limit(match, 'by'),
  [`${FROM} {group} / {group} or|and later|onwards|onward / {group} onwards|onward / ${FROM} {group} on|onwards|onward / {group} ,? at_the_earliest|at_the_very_earliest`]:
    (match) => limit(match, 'from'),
  'at_the_latest|at_the_very_latest on|by? {group}': (match) => limit(match, 'by'),
  'at_the_earliest|at_the_very_earliest on|from? {group}': (match) => limit(match, 'from'),
  // When they want to be done: how long it takes is not known here.
  'done|out|finished|gone by|before {moment} / be there|here by {moment}': () => [{ type: 'odd' }],
  'shortly|right|just|soon|immediately|a_bit|a_little|well|long after|before {moment}': () => [
    { type: 'odd' },
  ],
  // "For three" may be a time or people.
  'for {n}': ({ get, word }) =>
    get('n') > 12 ||
    /^(?:it|me|us|that|him|her)$/.test(word(-1)) ||
    /^(?:am|pm|a|p|oclock|o|\d.*|ish|thirty|fifteen)$/.test(word(0))
      ? null
      : [{ type: 'odd' }],
  '{group} or|and after|up / {group} on': (match) =>
    /^(?:|,|but|so|and|or|please|works)$/.test(match.word(0)) ? limit(match, 'from') : null,
  '{group} or earlier|sooner / {group} or before / {group} ,? at_the_latest|at_the_very_latest|the_latest|at_latest':
    (match) =>
      match.said('before') && !/^(?:|,)$/.test(match.word(0)) ? null : limit(match, 'by'),
  [`${BEFORE} {group} at? {moment}`]: (match) => limit(match, 'before'),
  [`${AFTER} {group} at? {moment}`]: (match) => limit(match, 'after'),
  [`${BY}|${UNTIL} {group} at? {moment}`]: (match) => limit(match, 'by'),
  [`${FROM} {group} at? {moment}`]: (match) => limit(match, 'from'),
  [`${BEFORE} {group} {part}`]: (match) => limit(match, 'before'),
  [`${AFTER} {group} {part}`]: (match) => limit(match, 'after'),
  [`${BY}|${UNTIL} {group} {part}`]: (match) => limit(match, 'by'),
  [`${FROM} {group} {part}`]: (match) => limit(match, 'from'),
  [`from? {group} ${TO} {group} / between {group} and|${TO} {group}`]: (match) => {
    const [atoms = [], until = []] = match.all('group');
    return [{ type: 'days', days: { atoms, until } }];
  },
});

function limit(match: TimeMatch, bound: 'after' | 'before' | 'by' | 'from'): readonly Item[] {
  const boundTime = match.find('moment') ?? match.find('part');
  const until = match.said('until', 'till', 'til', 'up');
  const wish = {
    atoms: match.get('group'),
    bound,
    ...(boundTime === undefined ? {} : { boundTime }),
  };
  return [{ type: 'days', days: until ? { ...wish, isUntil: true } : wish }];
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

function minutesAfter(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE);
}

/** The next quarter of an hour then: people who count hours do not mean minutes. */
function soon(now: Date, minutes: number): Date {
  return new Date(Math.ceil(minutesAfter(now, minutes).getTime() / QUARTER) * QUARTER);
}

const LENGTHS =
  'appointment|slot|meeting|visit|session|call|consultation|consult|long|cleaning|massage|lesson|haircut|treatment';

export const TIME_RULES = rules<readonly Item[]>({
  'half {n}': () => [{ type: 'odd' }],
  '{instant}': (match) => time({ sort: 'instant', at: match.get('instant'), how: 'at' }),
  'about|around? {duration} later|earlier|sooner|after_that|before_that': (match) =>
    time({
      sort: 'same',
      minutes: match.get('duration') * (match.said('later', 'after') ? 1 : -1),
    }),
  'in about|around? {duration} or_so|time? / about|around? {duration} from_now': (match) =>
    time({ sort: 'instant', at: soon(match.reading.now, match.get('duration')), how: 'around' }),
  'within|in|during|over the? next {duration} / within {duration} / within|in the? next hour / within the hour':
    (match) =>
      time({
        sort: 'instant',
        at: minutesAfter(match.reading.now, match.find('duration') ?? 60),
        how: 'by',
      }),
  'at? the|that? exact? same time|hour as_before|as_last_time|as_that?': () =>
    time({ sort: 'same', minutes: 0 }),
  'bit|little|little_bit|a_bit|a_little|a_little_bit|something|anything|any|some_time|sometime|much|even? later|earlier on|in_the_day|that_day|than_that?':
    (match) =>
      match.word(0) === 'than' ? null : time({ sort: match.said('later') ? 'later' : 'earlier' }),
  // How long it takes is no time.
  [`for|takes|lasts about|around|approximately|only|just? {duration} / a? {duration} ${LENGTHS} / {n} minute|min|hour {word}`]:
    () => [],
  '{duration}': (match) =>
    /^(?:on|at|for|tomorrow|today|,|please|this|next)$/.test(match.word(0)) &&
    !/^(?:in|within|after|every|next)$/.test(match.word(-1))
      ? []
      : null,
});

export const PART_RULES = rules<DayPart>({
  'the? first|1st thing in_the_morning?': () => 'first thing',
  'the? {eod} / at|toward|towards|near|around the? {eod}': () => 'end of the day',
  'right|straight|just|any_time|anytime|sometime? after lunch|lunchtime|midday|lunch_time': () =>
    'after lunch',
  'right|just|any_time|anytime|sometime? before|by|until lunch|lunchtime|midday|lunch_time': () =>
    'morning',
  'any_time|anytime|sometime? after work|hours': () => 'evening',
  'any_time|anytime|sometime? before work / early in_the? morning|mornings': () => 'early morning',
  'the? lunchtime|lunch|lunch_time|lunch_break|lunch_hour ish? / the? middle of_the_day': () =>
    'lunchtime',
  'any_time|anytime|sometime|right|straight? after school / late|mid in_the? afternoon|afternoons / midafternoon':
    () => 'late afternoon',
  'late|mid in_the? morning|mornings / midmorning': () => 'late morning',
  'morning|mornings ish?': () => 'morning',
  'early in_the? afternoon|afternoons': () => 'early afternoon',
  'afternoon|afternoons ish?': () => 'afternoon',
  'early in_the? evening|evenings': () => 'early evening',
  'late? evening|evenings ish?': () => 'evening',
  'late? night|nights time?': () => 'night',
  // "Tuesday am", but not "I am".
  'am|a_m / pm|p_m': (match) => {
    if (match.said('pm', 'p')) return 'afternoon';
    return /^(?:i|what|how|when|where|who)$/.test(match.word(-1)) ? null : 'morning';
  },
});

export const PART_ITEM_RULES = rules<readonly Item[]>({
  '{part} / the {part} / any|some|one|1|a|an {part} / in|on|during|for|at|over|around|of the? {part} / in|during the? early|late {part}':
    (match) => {
      if (match.said('morning', 'afternoon', 'evening', 'night') && match.word(-1) === 'good')
        return [];
      const beside = !match.said('in', 'on', 'during', 'for', 'at', 'over', 'around', 'of', 'the');
      return [part(match.get('part'), beside)];
    },
  '{weekday} mornings|afternoons|evenings': ({ get, said }) => {
    const name = said('mornings') ? 'morning' : said('evenings') ? 'evening' : 'afternoon';
    const which = { which: 'plain', weeks: 0, repeats: 'plural' } as const;
    return [days({ sort: 'weekday', weekday: get('weekday'), ...which }), part(name, true)];
  },
  // What is left of today.
  'by|before|until the? {eod} today?': (match) =>
    /^(?:|,|in|something|anything|appointment|done|please|it|come|need|today|slot)$/.test(
      match.word(-1),
    )
      ? [days(onDay(match.reading.today))]
      : [part('end of the day')],
  'by|before|until the? {eod} on|of? {day}': (match) => [days(match.get('day'), { bound: 'by' })],
  // "Early on tuesday", "late thursday morning".
  'early|late|mid on? {day} {part} / early|late on? {day}': (match) => {
    const atom = match.get('day');
    const said = match.find('part') ?? (match.said('late') ? 'afternoon' : 'early');
    const stretch = atom.sort === 'span' && !atom.span.first.equals(atom.span.last);
    const name =
      said === 'early' ? 'morning' : modified(said, match.said('early') ? 'early' : 'late');
    if (match.word(-1) === 'too' || (stretch && match.find('part') === undefined) || name === null)
      return null;
    return [days(atom), part(name, true)];
  },
});

function modified(name: DayPart, side: 'early' | 'late'): DayPart | null {
  if (name === 'morning' || name === 'afternoon') return `${side} ${name}`;
  return name === 'evening' ? (side === 'early' ? 'early evening' : 'evening') : null;
}
