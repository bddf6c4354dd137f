import { DAY_PARTS, type DayPart } from '../placing/day-parts.ts';
import { clockOf } from './clock-rules.ts';
import { at, days, limit, onDay, part, time, type Item } from './items.ts';
import { rules, type Symbols, type TimeMatch } from './symbols.ts';
import type { DayWish, Reading } from '../placing/wish.ts';

const ODD: readonly Item[] = [{ type: 'odd' }];

const TO = 'to|-|until|till|til|through|thru';
const AFTER = 'after|past|later_than|beyond|not_until_after';
const BEFORE = 'before|prior_to|earlier_than|sooner_than|ahead_of';
const UNTIL = 'until|till|til|up_to|up_until';
const BY =
  'by|up_to_and_including|no_later_than|not_later_than|on_or_before|no_any_later_than|latest|not_any_later_than';
const FROM =
  'from|starting|starting_at|starting_from|starting_on|beginning|beginning_at|beginning_on|as_of';
const NO_EARLIER =
  'no_earlier_than|not_earlier_than|no_sooner_than|not_sooner_than|no_before_than|on_or_after';
const LATEST = 'at_the_latest|at_the_very_latest|the_latest|at_latest|latest';
const EARLIEST = 'at_the_earliest|at_the_very_earliest';
/** Where a limit ends that is said behind its day: "friday on", "three or before". */
const END = '=.|,|but|so|please|works';

export const BARE_RULES = rules<Symbols['bare']>({
  '{moment}': (match) => ({ clock: match.get('moment') }),
  '{group}': (match) => ({ atoms: match.get('group') }),
});

/** A time behind a limit belongs to it: "before friday at five", not "friday at five or later". */
export const POINT_RULES = rules<Symbols['bare']>({
  '{bare}': (match) => match.get('bare'),
  '{group} at? {moment} / {group} {part}': (match) => ({
    atoms: match.get('group'),
    boundTime: match.find('moment') ?? match.get('part'),
  }),
});

/** A limit of a day or a time: "after three", "until friday at noon". */
function bounded(bound: NonNullable<DayWish['bound']>, isUntil = false) {
  return (match: TimeMatch): readonly Item[] => {
    const point = match.find('bare') ?? match.get('point');
    const until = isUntil ? { isUntil } : {};
    if (!('clock' in point)) return [{ type: 'days', days: { ...point, bound, ...until } }];
    const starts = bound === 'after' || bound === 'from';
    const [from, to] = starts ? [point.clock, null] : [null, point.clock];
    // "By four" may be when they want to be done; "no later than four" begins at four.
    const isWith = bound === 'by' && !isUntil && !match.said('by');
    return [time({ sort: 'limit', from, to, ...until, ...(isWith ? { isWith } : {}) })];
  };
}

function range(match: TimeMatch): readonly Item[] | null {
  const [start, end] = match.all('bare');
  // "Say ten to four" may be 3:50.
  if (start === undefined || end === undefined || match.said('say')) return null;
  if ('clock' in start) return 'clock' in end ? [limit(start.clock, end.clock)] : null;
  return 'clock' in end ? null : [days(start.atoms, { until: end.atoms })];
}

/** "Five to ten", "ten to three": part of the world hears 9:55, the rest from five on. */
function ifDoubtful(match: TimeMatch): readonly Item[] | null {
  const [minutes, hour = 0] = match.all('n');
  return hour < 13 && ((minutes === 5 && hour > 5) || (minutes === 10 && hour < 8)) ? ODD : null;
}

export const LIMIT_RULES = rules<readonly Item[]>({
  [`<!from|between|at|about|around {n} to {n} !am|pm|oclock|days|weeks|months|hours|minutes|people|
      of|a|p`]: ifDoubtful,
  '{n} {n} or|and {n}': ({ all }) => {
    const [hour = 0, ...more] = all('n');
    const clocks = [hour, ...more].map((n) => clockOf(n, 0));
    if (more.some((n, index) => n !== hour + index + 1)) return null;
    return clocks.flatMap((clock) => (clock === null ? [] : [{ type: 'or' }, at(clock)]));
  },
  '{clock} / at|exactly_at|for_around? {clock}': ({ get }) => [at(get('clock'))],
  [`at? around|about|approximately|roughly|circa|close_to|closer_to|near {moment}
    in_the_region_of {moment}
    closest|nearest time|slot|appointment|opening|you_have|available? to {moment}
    {moment} ish|or_so|or_thereabouts|thereabouts`]: ({ get }) => [at(get('moment'), true)],
  'at {moment}': ({ get }) => [at(get('moment'))],
  [`from? {bare} ${TO} {bare} / the? week|days|time? between {bare} and|${TO} {bare}`]: range,
  [`any_time|anytime? ${AFTER} {point}`]: bounded('after'),
  [`any_time|anytime? ${BEFORE} {point}`]: bounded('before'),
  [`any_time|anytime? ${BY} {point} / {bare} or earlier|sooner / {bare} ,? ${LATEST}
    at_the_latest|at_the_very_latest on|by? {bare} / {bare} or before|any_time_before =.|,|on`]:
    bounded('by'),
  [`${UNTIL} {point}`]: bounded('by', true),
  'until|till|til after {point}': bounded('after', true),
  [`any_time|anytime? ${FROM}|${NO_EARLIER} {point} / ${FROM} {bare} on|onwards|onward
    {bare} or|and later|onwards|onward / {bare} onwards|onward / {bare} ,? ${EARLIEST}
    ${EARLIEST} on|from? {bare} / {bare} on ${END}
    {bare} or|and any_time|anytime? after|after_that|up ${END}|on
    {bare} or|and any_time_after|anything_after ${END}|on`]: bounded('from'),
  // When they want to be done: how long it takes is not known here.
  [`done|out|finished|gone by|before {moment} / free|available|home|back by {moment}
    done|finished with {word} by|before {moment}`]: ODD,
  'be there|here by {moment}': ODD,
  'shortly|right|just|soon|immediately|a_bit|a_little|well|long after|before {bare}': ODD,
  // "For three" may be a time or people.
  '<!it|me|us|that|him|her for {n} !am|pm|a|p|oclock|o|#|ish|thirty|fifteen': (match) =>
    match.get('n') > 12 ? null : ODD,
});

/** In milliseconds. People who count hours do not mean minutes. */
const QUARTER = 15 * 60_000;

/** So many minutes from now, up to then, or around the next quarter of an hour then. */
function fromNow(minutes: number, how: 'around' | 'by', { now }: Reading): readonly Item[] {
  const then = now.getTime() + minutes * 60_000;
  const at = how === 'by' ? then : Math.ceil(then / QUARTER) * QUARTER;
  return [time({ sort: 'instant', at: new Date(at), how })];
}

const LENGTHS = `appointment|slot|meeting|visit|session|call|consultation|consult|long|cleaning|
      massage|lesson|haircut|treatment`;
const SOME = `bit|little|little_bit|a_bit|a_little|a_little_bit|something|anything|any|some_time|
      sometime|much|even`;

export const TIME_RULES = rules<readonly Item[]>({
  '{instant}': ({ get }) => [time({ sort: 'instant', at: get('instant'), how: 'at' })],
  'about|around? {duration} later|earlier|sooner|after_that|before_that': ({ get, said }) => [
    time({ sort: 'same', minutes: get('duration') * (said('later', 'after') ? 1 : -1) }),
  ],
  'in about|around? {duration} or_so|time? / about|around? {duration} from_now': (match) =>
    fromNow(match.get('duration'), 'around', match.reading),
  [`within|in|during|over the? next {duration} / within {duration}
    within|in the? next hour / within the hour`]: (match) =>
    fromNow(match.find('duration') ?? 60, 'by', match.reading),
  'at? the|that? exact? same time|hour as_before|as_last_time|as_that?': [
    time({ sort: 'same', minutes: 0 }),
  ],
  [`${SOME}? later on|in_the_day|that_day|than_that? !than`]: ({ said, reading }) =>
    said('than') && reading.previous === null ? ODD : [time({ sort: 'later' })],
  [`${SOME}? earlier on|in_the_day|that_day|than_that? !than`]: [time({ sort: 'earlier' })],
  // How long it takes is no time.
  [`for|takes|lasts about|around|approximately|only|just? {duration} / a? {duration} ${LENGTHS}
    <!in|within|after|every|next {duration} =on|at|for|tomorrow|today|,|please|this|next
    {n} minute|min|hour {word}`]: [],
});

const SOMETIME = 'any_time|anytime|sometime';

export const PART_RULES = rules<DayPart>({
  'the? first|1st thing in_the_morning?': 'first thing',
  'at|toward|towards|near|around? the? {eod}': 'end of the day',
  [`right|straight|just|${SOMETIME}? after lunch|lunchtime|midday|lunch_time`]: 'after lunch',
  [`right|just|${SOMETIME}? before|by|until lunch|lunchtime|midday|lunch_time
    morning|mornings ish?`]: 'morning',
  [`${SOMETIME}? before work / early in_the? morning|mornings`]: 'early morning',
  'the? lunchtime|lunch|lunch_time|lunch_break|lunch_hour ish? / the? middle of_the_day':
    'lunchtime',
  [`${SOMETIME}|right|straight? after school
    late|mid in_the? afternoon|afternoons / midafternoon`]: 'late afternoon',
  // With an appointment to compare with, "later" is later than that.
  '<!week|weeks|day|days|hour|hours later on? in_the afternoon': ({ reading }) =>
    reading.previous === null ? 'late afternoon' : null,
  '<!week|weeks|day|days|hour|hours later on? in_the morning': ({ reading }) =>
    reading.previous === null ? 'late morning' : null,
  'the? last thing in_the? morning / late|mid in_the? morning|mornings / midmorning':
    'late morning',
  'early in_the? afternoon|afternoons': 'early afternoon',
  'afternoon|afternoons|arvo ish? / pm|p_m': 'afternoon',
  'early in_the? evening|evenings': 'early evening',
  [`late? evening|evenings ish? / ${SOMETIME}? after work|hours`]: 'evening',
  'late? night|nights time?': 'night',
  // "Tuesday am", but not "I am".
  '<!i|what|how|when|where|who am|a_m !i': 'morning',
});

export const PART_ITEM_RULES = rules<readonly Item[]>({
  'any|some|one|1|a|an? {part} / in|on|during|for|at|over|around|of? the? {part}': ({ get }) => [
    part(get('part')),
  ],
  'from? {part} onwards|onward': ({ get }) => [
    limit({ hour: DAY_PARTS[get('part')].from / 60, minute: 0, sure: '24h' }, null),
  ],
  'make it|that later|earlier': ({ reading }) => (reading.previous === null ? ODD : null),
  '<=good morning|afternoon|evening|night': [],
  '{weekday} mornings|afternoons|evenings': ({ get, said }) => {
    const name = said('mornings') ? 'morning' : said('evenings') ? 'evening' : 'afternoon';
    const which = { which: 'plain', weeks: 0, repeats: 'plural' } as const;
    return [days({ sort: 'weekday', weekday: get('weekday'), ...which }), part(name)];
  },
  // What is left of today.
  [`<=.|,|in|something|anything|appointment|done|please|it|come|need|today|slot by|before|
      until the? {eod} today?`]: ({ reading }) => [days(onDay(reading.today))],
  'by|before|until the? {eod} today?': [part('end of the day')],
  'by|before|until the? {eod} on|of? {day}': ({ get }) => [days(get('day'), { bound: 'by' })],
  // "Early on tuesday", "late thursday morning".
  '<!too early|late|mid on? {day} {part}': ({ get, said }) => {
    const name = modified(get('part'), said('early') ? 'early' : 'late');
    return name === null ? null : [days(get('day')), part(name)];
  },
  '<!too early|late on? {day}': ({ get, said }) => {
    const day = get('day');
    if (day.sort === 'span' && !day.span.first.equals(day.span.last)) return null;
    return [days(day), part(said('late') ? 'afternoon' : 'morning')];
  },
});

function modified(name: DayPart, side: 'early' | 'late'): DayPart | null {
  if (name === 'morning' || name === 'afternoon') return `${side} ${name}`;
  return name === 'evening' ? (side === 'early' ? 'early evening' : 'evening') : null;
}
