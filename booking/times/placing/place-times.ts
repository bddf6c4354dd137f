import { notUnderstood } from './ask-back.ts';
import { DAY_PARTS, type DayPart } from './day-parts.ts';
import { sayList, sayMinutes } from './say-days.ts';
import type { Clock, Reading, TimeWish } from './wish.ts';

/** Minutes after midnight; `to` is exclusive. */
export interface Minutes {
  from: number;
  to: number;
}

export interface PlacedTimes {
  windows: readonly Minutes[];
  /** A clock time was named. */
  exact: boolean;
  /** To stand behind a day: " at 2:30 PM", ", in the afternoon", or nothing. */
  words: string;
}

/** What an exact time is wide: slots start on whole minutes, so only the one that starts then. */
export const EXACT_MINUTES = 1;
/** "Around ten" reaches so far to either side, both ends included. */
export const AROUND_MINUTES = 30;
export const WHOLE_DAY: PlacedTimes = { windows: [{ from: 0, to: 1440 }], exact: false, words: '' };

/**
 * How hours without a.m. or p.m. are read in business hours: 1 to 6 are the afternoon, 8 to 11 the
 * morning, 12 is noon. 7 is either, and so is midnight (start or end of the day): the first side
 * is the earlier one, and the caller is asked where both stand.
 */
export function minutesOf(clock: Clock, part: DayPart | null, side: Reading['side']): number {
  const { hour, minute, sure } = clock;
  if (clock.german === true)
    return minutesOf({ hour, minute, sure }, part, side) - (side === 1 ? 60 : 0);
  const night = part === 'night' || part === 'evening';
  if (clock.midnight === true) return night || side === 1 ? 1440 : 0;
  if (sure === '24h') return hour * 60 + minute;
  const morning = (hour % 12) * 60 + minute;
  const afternoon = morning + 720;
  if (sure !== null) return sure === 'am' ? morning : afternoon;
  if (part !== null) return withinPart(hour, morning, part);
  if (hour === 7) return side === 0 ? morning : afternoon;
  return hour === 12 || hour < 7 ? afternoon : morning;
}

function withinPart(hour: number, morning: number, part: DayPart): number {
  const { from, to } = DAY_PARTS[part];
  const afternoon = morning + 720;
  if (part === 'night' && hour === 12) return 1440;
  if (part === 'lunchtime' && hour === 11) return morning;
  return (afternoon >= from && afternoon <= to) || to > 720 || hour === 12 ? afternoon : morning;
}

interface Spoken extends Minutes {
  words: string;
  /** A moment rather than a limit: two of them are two wishes, two limits are one window. */
  point?: 'exact' | 'around';
}

/** The windows of one day that these words leave; the whole day where none is spoken. */
export function placeTimes(said: readonly TimeWish[], reading: Reading): PlacedTimes {
  const outright = said.filter((time) => time.sort !== 'same' || time.implied !== true);
  const times = outright.length > 0 ? outright : said;
  const parts = times.flatMap((time) => (time.sort === 'part' ? [time.part] : []));
  const spoken = times.flatMap((time) => windowOf(time, parts.at(-1) ?? null, reading) ?? []);
  const points = spoken.filter(({ point }) => point !== undefined);
  const [first] = points;
  if (first !== undefined) {
    if (contradicts(points, spoken, parts)) throw notUnderstood();
    const exact = first.point === 'exact';
    return { windows: [first], exact, words: `${exact ? ' at' : ','} ${first.words}` };
  }
  const from = Math.max(0, ...spoken.map((one) => one.from));
  const to = Math.min(1440, ...spoken.map((one) => one.to));
  if (from >= to) throw notUnderstood();
  const named = narrowest(parts).map((part) => DAY_PARTS[part]);
  const left = named
    .map((part) => ({ from: Math.max(from, part.from), to: Math.min(to, part.to) }))
    .filter((one) => one.from < one.to);
  const say = (all: readonly { words: string }[], joint: string): string =>
    all.length === 0
      ? ''
      : `, ${sayList(
          all.map(({ words }) => words),
          joint,
        )}`;
  return {
    // "After six in the afternoon" leaves nothing of the afternoon; the clock is the surer word.
    windows: left.length > 0 ? left : [{ from, to }],
    exact: false,
    words: `${say(named, 'or')}${say(spoken, 'and')}`,
  };
}

/** "For two at eight", "ten but before nine", "tonight at three": one of them was not meant. */
function contradicts(
  points: readonly Spoken[],
  spoken: readonly Spoken[],
  parts: readonly DayPart[],
): boolean {
  const limits = spoken.filter(({ point }) => point === undefined);
  const isOutside = ({ from, to }: Spoken): boolean =>
    limits.some((one) => to <= one.from || from > one.to) ||
    (parts.length > 0 && !parts.some((part) => belongsTo(from, to, part)));
  return points.some(isOutside) || new Set(points.map(({ from }) => from)).size > 1;
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

function windowOf(time: TimeWish, hint: DayPart | null, reading: Reading): Spoken | null {
  const { previous, side } = reading;
  if (time.sort === 'at') return pointAt(minutesOf(time.clock, hint, side), time.around);
  if (time.sort === 'limit') {
    const { from, to } = time;
    if (from !== null && to !== null) return between(from, to, hint, side);
    if (from !== null) return after(minutesOf(from, hint, side));
    if (to === null) return null;
    return before(minutesOf(to, to.midnight === true ? 'night' : hint, side), time.isWith);
  }
  if (previous === null) return null;
  const { minutes } = previous;
  if (time.sort === 'same') return pointAt(minutes + time.minutes, false);
  if (time.sort === 'earlier') return before(minutes);
  return time.sort === 'later' ? { ...after(minutes), from: minutes + EXACT_MINUTES } : null;
}

function pointAt(minutes: number, isAround: boolean): Spoken {
  const around = isAround ? AROUND_MINUTES : 0;
  return {
    from: Math.max(0, minutes - around),
    to: minutes + EXACT_MINUTES + around,
    words: `${isAround ? 'around ' : ''}${sayMinutes(minutes)}`,
    point: isAround ? 'around' : 'exact',
  };
}

const after = (from: number): Spoken => ({ from, to: 1440, words: `after ${sayMinutes(from)}` });
const before = (to: number, isWith = false): Spoken => ({
  from: 0,
  to: isWith ? to + EXACT_MINUTES : to,
  words: `${isWith ? 'no later than' : 'before'} ${sayMinutes(to)}`,
});

/** "2 to 4 pm" is 2 p.m.; "11 to 1 pm" is 11 a.m.; "9 to 5" ends in the afternoon. */
function between(start: Clock, end: Clock, hint: DayPart | null, side: Reading['side']): Spoken {
  let to = minutesOf(end, hint, side);
  let from = minutesOf(start, hint, side);
  if (start.sure === null && start.midnight !== true && hint === null && isHalf(end.sure)) {
    const halves = [end.sure, end.sure === 'am' ? 'pm' : 'am'] as const;
    const readings = halves.map((sure) => minutesOf({ ...start, sure }, hint, side));
    from = readings.find((one) => one < to) ?? from;
  }
  if (to <= from && end.sure === null) to = end.midnight === true ? 1440 : to + 720;
  if (from >= to || to > 1440) throw notUnderstood();
  return { from, to, words: `between ${sayMinutes(from)} and ${sayMinutes(to)}` };
}

/** Whether a half of the day was said, and no 24-hour clock meant. */
function isHalf(sure: Clock['sure']): sure is 'am' | 'pm' {
  return sure === 'am' || sure === 'pm';
}
