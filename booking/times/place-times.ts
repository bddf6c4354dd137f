import { notUnderstood } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { sayList, sayMinutes } from './say-days.ts';
import type { Clock, DayPart, Reading, Side, TimeWish } from './wish.ts';

/** Minutes after midnight; `to` is exclusive. */
export interface MinuteWindow {
  from: number;
  to: number;
  /** A clock time was named. */
  exact: boolean;
}

export interface PlacedTimes {
  windows: readonly MinuteWindow[];
  /** To stand behind a day: " at 2:30 PM", ", in the afternoon", or nothing. */
  words: string;
}

/** What an exact time is wide: slots start on whole minutes, so only the one that starts then. */
export const EXACT_MINUTES = 1;
/** "Around ten" reaches so far to either side, both ends included. */
export const AROUND_MINUTES = 30;

/**
 * How hours without a.m. or p.m. are read in business hours: 1 to 6 are the afternoon, 8 to 11 the
 * morning, 12 is noon. 7 is either, and so is midnight (start or end of the day): the first side
 * is the earlier one, and the caller is asked where both stand.
 */
export function minutesOf(clock: Clock, part: DayPart | null, side: Side): number {
  const { hour, minute, sure } = clock;
  const night = part === 'night' || part === 'evening';
  if (clock.midnight === true) return night || side === 'second' ? 1440 : 0;
  const morning = (hour % 12) * 60 + minute;
  const afternoon = morning + 720;
  if (sure === '24h') return hour * 60 + minute;
  if (sure !== null) return sure === 'am' ? morning : afternoon;
  if (part !== null) return withinPart(hour, morning, part);
  if (hour === 7) return side === 'first' ? morning : afternoon;
  return hour === 12 || hour < 7 ? afternoon : morning;
}

function withinPart(hour: number, morning: number, part: DayPart): number {
  const { from, to } = DAY_PARTS[part];
  const afternoon = morning + 720;
  if (part === 'night' && hour === 12) return 1440;
  if (part === 'lunchtime' && hour === 11) return morning;
  return (afternoon >= from && afternoon <= to) || to > 720 || hour === 12 ? afternoon : morning;
}

/** The windows of one day that these words leave; the whole day where none is spoken. */
export function placeTimes(said: readonly TimeWish[], reading: Reading, side: Side): PlacedTimes {
  const outright = said.filter((time) => time.sort !== 'same' || time.implied !== true);
  const times = outright.length > 0 ? outright : said;
  const parts = times.flatMap((time) => (time.sort === 'part' ? [time.part] : []));
  const spoken = times.flatMap((time) => windowOf(time, parts.at(-1) ?? null, reading, side) ?? []);
  const points = spoken.filter(({ point }) => point);
  if (points.length > 0) {
    if (contradicts(points, spoken, parts)) throw notUnderstood();
    const words = sayList([...new Set(points.map((one) => one.words))], 'or');
    return { windows: points, words: points[0]?.exact === true ? ` at ${words}` : `, ${words}` };
  }
  const from = Math.max(0, ...spoken.map((one) => one.from));
  const to = Math.min(1440, ...spoken.map((one) => one.to));
  const named = narrowest(parts);
  const windows = named.map((part) => ({
    from: Math.max(from, DAY_PARTS[part].from),
    to: Math.min(to, DAY_PARTS[part].to),
    exact: false,
  }));
  const left = windows.filter((one) => one.from < one.to);
  if (from >= to) throw notUnderstood();
  const words = [
    sayList(
      named.map((part) => DAY_PARTS[part].words),
      'or',
    ),
    sayList(
      spoken.map((one) => one.words),
      'and',
    ),
  ];
  return {
    // "After six in the afternoon" leaves nothing of the afternoon; the clock is the surer word.
    windows: left.length > 0 ? left : [{ from, to, exact: false }],
    words: words.map((one) => (one === '' ? '' : `, ${one}`)).join(''),
  };
}

/** "For two at eight", "ten but before nine", "tonight at three": one of them was not meant. */
function contradicts(
  points: readonly SpokenWindow[],
  spoken: readonly SpokenWindow[],
  parts: readonly DayPart[],
): boolean {
  const limits = spoken.filter(({ point }) => !point);
  const outside = ({ from, to }: SpokenWindow): boolean =>
    limits.some((one) => to <= one.from || from > one.to) ||
    (parts.length > 0 && !parts.some((part) => belongsTo(from, to, part)));
  return points.some(outside) || new Set(points.map(({ from }) => from)).size > 1;
}

/** The small hours are the morning, and a part may be named up to an hour before it begins. */
function belongsTo(from: number, to: number, part: DayPart): boolean {
  const whole = DAY_PARTS[part];
  return to > (whole.to <= 720 ? 0 : whole.from - 60) && from <= whole.to;
}

/** "Monday morning, first thing": a part inside another is the one that is meant. */
function narrowest(parts: readonly DayPart[]): readonly DayPart[] {
  const isWithin = (inner: DayPart, outer: DayPart): boolean =>
    inner !== outer &&
    DAY_PARTS[inner].from >= DAY_PARTS[outer].from &&
    DAY_PARTS[inner].to <= DAY_PARTS[outer].to;
  return [...new Set(parts)].filter((one, _, all) => !all.some((other) => isWithin(other, one)));
}

interface SpokenWindow extends MinuteWindow {
  words: string;
  /** A moment rather than a limit: two of them are two wishes, two limits are one window. */
  point: boolean;
}

function windowOf(
  time: TimeWish,
  hint: DayPart | null,
  { previous }: Reading,
  side: Side,
): SpokenWindow | null {
  const open = (from: number | null, to: number | null, first = from): SpokenWindow => {
    const ends = [
      first === null ? [] : [`after ${sayMinutes(first)}`],
      to === null ? [] : [`before ${sayMinutes(to)}`],
    ];
    return {
      from: from ?? 0,
      to: to ?? 1440,
      exact: false,
      point: false,
      words: ends.flat().join(' and '),
    };
  };
  const at = (minutes: number, around = 0): SpokenWindow => ({
    from: Math.max(0, minutes - around),
    to: minutes + EXACT_MINUTES + around,
    exact: around === 0,
    point: true,
    words: `${around === 0 ? '' : 'around '}${sayMinutes(minutes)}`,
  });
  switch (time.sort) {
    case 'at':
      return at(minutesOf(time.clock, hint, side), time.around ? AROUND_MINUTES : 0);
    case 'limit': {
      const { from, to } = time;
      if (from !== null && to !== null) return between(from, to, hint, side);
      if (to !== null)
        return open(null, minutesOf(to, to.midnight === true ? 'night' : hint, side));
      return from === null ? null : open(minutesOf(from, hint, side), null);
    }
    case 'same':
      return previous === null ? null : at(previous.minutes + time.minutes);
    case 'later':
      return previous === null
        ? null
        : open(previous.minutes + EXACT_MINUTES, null, previous.minutes);
    case 'earlier':
      return previous === null ? null : open(null, previous.minutes);
    case 'part':
    case 'soon':
    case 'within':
    case 'instant':
      return null;
  }
}

/** "2 to 4 pm" is 2 p.m.; "11 to 1 pm" is 11 a.m.; "9 to 5" ends in the afternoon. */
function between(start: Clock, end: Clock, hint: DayPart | null, side: Side): SpokenWindow {
  let to = minutesOf(end, hint, side);
  let from = minutesOf(start, hint, side);
  const shares = start.sure === null && start.midnight !== true && hint === null;
  if (shares && (end.sure === 'am' || end.sure === 'pm')) {
    const [same, other] = [end.sure, end.sure === 'am' ? 'pm' : 'am'] as const;
    const shared = minutesOf({ ...start, sure: same }, hint, side);
    from = shared < to ? shared : minutesOf({ ...start, sure: other }, hint, side);
  }
  if (to <= from && end.sure === null) to += 720;
  if (to <= from && end.midnight === true) to = 1440;
  if (from >= to || to > 1440) throw notUnderstood();
  return {
    from,
    to,
    exact: false,
    point: false,
    words: `between ${sayMinutes(from)} and ${sayMinutes(to)}`,
  };
}
