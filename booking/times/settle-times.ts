import { notUnderstood } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { sayList, sayMinutes } from './say-days.ts';
import type { Clock, DayPart, Reading, TimeWish } from './items.ts';

/** Minutes after midnight; `to` is exclusive. */
export interface MinuteWindow {
  from: number;
  to: number;
  /** A clock time was named. */
  exact: boolean;
}

export interface SettledTimes {
  windows: MinuteWindow[];
  /** To stand behind a day: " at 2:30 PM", ", in the afternoon", or nothing. */
  words: string;
}

/** What an exact time is wide: slots start on whole minutes, so only the one that starts then. */
export const EXACT_MINUTES = 1;
/** "Around ten" reaches so far to either side, both ends included. */
export const AROUND_MINUTES = 30;

/**
 * How hours without a.m. or p.m. are read in business hours: 1 to 6 are the afternoon, 8 to 11 the
 * morning, 12 is noon. 7 is either, and so is midnight (start or end of the day): the phrase is
 * read once with each `half`, and the caller is asked where both readings stand.
 */
export interface HalfDay {
  half: 'am' | 'pm';
  /** Set once the reading depended on `half`. */
  used: boolean;
}

export function minutesOf(clock: Clock, part: DayPart | null, halfDay: HalfDay): number {
  const { hour, minute, sure } = clock;
  if (clock.midnight === true) {
    if (part === 'night' || part === 'evening') return 1440;
    halfDay.used = true;
    return halfDay.half === 'am' ? 0 : 1440;
  }
  const morning = (hour % 12) * 60 + minute;
  const afternoon = morning + 720;
  if (sure === '24h') return hour * 60 + minute;
  if (sure !== null) return sure === 'am' ? morning : afternoon;
  if (part !== null) return withinPart(hour, morning, part);
  if (hour === 12 || hour < 7) return afternoon;
  if (hour > 7) return morning;
  halfDay.used = true;
  return halfDay.half === 'am' ? morning : afternoon;
}

function withinPart(hour: number, morning: number, part: DayPart): number {
  const { from, to } = DAY_PARTS[part];
  if (part === 'night' && hour === 12) return 1440;
  if (part === 'lunchtime' && hour === 11) return morning;
  const afternoon = morning + 720;
  if (afternoon >= from && afternoon <= to) return afternoon;
  return to <= 720 ? (hour === 12 ? afternoon : morning) : afternoon;
}

/** The windows of one day that these words leave; the whole day where none is spoken. */
export function settleTimes(
  said: readonly TimeWish[],
  reading: Reading,
  halfDay: HalfDay,
): SettledTimes {
  const times = outweighImplied(said);
  const parts = times.flatMap((time) => (time.sort === 'part' ? [time.part] : []));
  const hint = parts.at(-1) ?? null;
  const spoken = times.flatMap((time) => windowOf(time, hint, reading, halfDay) ?? []);
  const points = spoken.filter(({ point }) => point);
  if (points.length > 0) {
    if (contradicts(points, spoken, parts)) throw notUnderstood();
    const words = sayList([...new Set(points.map((one) => one.words))], 'or');
    return { windows: points, words: points[0]?.exact === true ? ` at ${words}` : `, ${words}` };
  }
  const open = {
    from: Math.max(0, ...spoken.map(({ from }) => from)),
    to: Math.min(1440, ...spoken.map(({ to }) => to)),
    exact: false,
  };
  const windows = narrowest(parts).map((part) => ({
    from: Math.max(open.from, DAY_PARTS[part].from),
    to: Math.min(open.to, DAY_PARTS[part].to),
    exact: false,
  }));
  const left = (windows.length > 0 ? windows : [open]).filter(({ from, to }) => from < to);
  // "After six in the afternoon" leaves nothing of the afternoon; the clock is the surer word.
  if (left.length === 0 && open.from < open.to) left.push(open);
  if (left.length === 0) throw notUnderstood();
  const words = [
    sayList(
      narrowest(parts).map((part) => DAY_PARTS[part].words),
      'or',
    ),
    sayList(
      spoken.map((one) => one.words),
      'and',
    ),
  ];
  return { windows: left, words: words.map((one) => (one === '' ? '' : `, ${one}`)).join('') };
}

function outweighImplied(times: readonly TimeWish[]): readonly TimeWish[] {
  const spoken = times.filter((time) => time.sort !== 'same' || time.implied !== true);
  return spoken.length > 0 ? spoken : times;
}

/** "For two at eight", "ten but before nine", "tonight at three": one of them was not meant. */
function contradicts(
  points: readonly SpokenWindow[],
  spoken: readonly SpokenWindow[],
  parts: readonly DayPart[],
): boolean {
  const limits = spoken.filter(({ point }) => !point);
  const outside = points.some(
    ({ from, to }) =>
      limits.some((one) => to <= one.from || from > one.to) ||
      (parts.length > 0 && !parts.some((part) => belongsTo(from, to, part))),
  );
  return outside || new Set(points.map(({ from }) => from)).size > 1;
}

/** The small hours are the morning, and a part may be named up to an hour before it begins. */
function belongsTo(from: number, to: number, part: DayPart): boolean {
  const whole = DAY_PARTS[part];
  const earliest = whole.to <= 720 ? 0 : whole.from - 60;
  return to > earliest && from <= whole.to;
}

/** "Monday morning, first thing": a part inside another is the one that is meant. */
function narrowest(parts: readonly DayPart[]): DayPart[] {
  return [...new Set(parts)].filter(
    (one, _, all) =>
      !all.some((other) => {
        const [outer, inner] = [DAY_PARTS[one], DAY_PARTS[other]];
        return other !== one && inner.from >= outer.from && inner.to <= outer.to;
      }),
  );
}

interface SpokenWindow extends MinuteWindow {
  words: string;
  /** A moment rather than a limit: two of them are two wishes, two limits are one window. */
  point: boolean;
}

function windowOf(
  time: TimeWish,
  hint: DayPart | null,
  reading: Reading,
  halfDay: HalfDay,
): SpokenWindow | null {
  const before = (to: number): SpokenWindow => ({
    from: 0,
    to,
    exact: false,
    point: false,
    words: `before ${sayMinutes(to)}`,
  });
  const after = (from: number): SpokenWindow => ({
    from,
    to: 1440,
    exact: false,
    point: false,
    words: `after ${sayMinutes(from)}`,
  });
  const at = (minutes: number): SpokenWindow => ({
    from: minutes,
    to: minutes + EXACT_MINUTES,
    exact: true,
    point: true,
    words: sayMinutes(minutes),
  });
  const previous = reading.previous?.minutes ?? null;
  switch (time.sort) {
    case 'at': {
      const moment = at(minutesOf(time.clock, hint, halfDay));
      if (!time.around) return moment;
      return {
        ...moment,
        from: Math.max(0, moment.from - AROUND_MINUTES),
        to: moment.to + AROUND_MINUTES,
        exact: false,
        words: `around ${moment.words}`,
      };
    }
    case 'between': {
      const { from, to } = between(time.from, time.to, hint, halfDay);
      return {
        from,
        to,
        exact: false,
        point: false,
        words: `between ${sayMinutes(from)} and ${sayMinutes(to)}`,
      };
    }
    case 'after':
      return after(minutesOf(time.clock, hint, halfDay));
    case 'before':
      return before(minutesOf(time.clock, time.clock.midnight === true ? 'night' : hint, halfDay));
    case 'same':
      return previous === null ? null : at(previous + time.minutes);
    case 'later':
      return previous === null ? null : { ...after(previous), from: previous + EXACT_MINUTES };
    case 'earlier':
      return previous === null ? null : before(previous);
    case 'part':
    case 'soon':
      return null;
  }
}

/** "2 to 4 pm" is 2 p.m.; "11 to 1 pm" is 11 a.m.; "9 to 5" ends in the afternoon. */
function between(
  start: Clock,
  end: Clock,
  hint: DayPart | null,
  halfDay: HalfDay,
): { from: number; to: number } {
  let to = minutesOf(end, hint, halfDay);
  let from = minutesOf(start, hint, halfDay);
  if (
    start.sure === null &&
    start.midnight !== true &&
    hint === null &&
    (end.sure === 'am' || end.sure === 'pm')
  ) {
    const [same, other] = [end.sure, end.sure === 'am' ? 'pm' : 'am'] as const;
    const shared = minutesOf({ ...start, sure: same }, hint, halfDay);
    from = shared < to ? shared : minutesOf({ ...start, sure: other }, hint, halfDay);
  }
  if (to <= from && end.sure === null) to += 720;
  if (to <= from && end.midnight === true) to = 1440;
  if (from >= to || to > 1440) throw notUnderstood();
  return { from, to };
}
