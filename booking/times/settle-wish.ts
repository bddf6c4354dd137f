import { zoneName } from './labels.ts';
import { AskBack, notUnderstood, type Candidate } from './ask-back.ts';
import {
  dayWindows,
  mergeWindows,
  subtractWindows,
  type Window,
  type WishContext,
} from './day-windows.ts';
import { oneDay, OPEN_DAYS } from './day-spans.ts';
import {
  boundary,
  calendarDayAt,
  clockMinutesAt,
  localInstants,
  type CalendarDay,
} from './local-instants.ts';
import { type Alternative, type Wish } from './wish.ts';
import { settleExclusions } from './settle-exclusions.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import { settleDayWishes, type SettledDays } from './settle-day-wishes.ts';
import {
  AROUND_MINUTES,
  EXACT_MINUTES,
  minutesOf,
  settleTimes,
  type SettledTimes,
} from './settle-times.ts';
import type { DaySpan, Reading } from './items.ts';

const MINUTE = 60_000;

export interface SettledWish {
  windows: Window[];
  asked: string;
}

/** Words and windows of a wish; `windows` are in order and not empty. Throws AskBack. */
export function settleWish(wish: Wish, context: WishContext): SettledWish {
  const alternatives =
    wish.alternatives.length > 0
      ? wish.alternatives
      : [{ days: [], times: [], open: 'any time' as const }];
  const settled = alternatives.map((one) => settleAlternative(one, context));
  const asked = sayAlternatives(settled.map((one) => one.asked));
  const windows = mergeWindows(
    settled.flatMap((one) => one.windows),
    context.now,
  );
  if (windows.length === 0) throw passed(settled, asked, context);
  if (wish.exclusions.length === 0) return { windows, asked };
  const { taken, words } = settleExclusions(wish.exclusions, windows, context);
  const left = subtractWindows(windows, taken);
  if (left.length === 0) throw notUnderstood();
  return {
    windows: left,
    asked: words.length === 0 ? asked : `${asked}, but not ${words.join(' or ')}`,
  };
}

interface SettledAlternative extends SettledWish {
  /** The last day asked for, to tell "which day" from "which time" once it has passed. */
  last: CalendarDay;
}

function settleAlternative(alternative: Alternative, context: WishContext): SettledAlternative {
  const { reading, halfDay, today } = context;
  const timeZone = alternative.timeZone ?? context.timeZone;
  const { fold } = alternative;
  const side = fold === undefined ? '' : `, ${fold === 0 ? 'before' : 'after'} the clocks go back`;
  const zoned = { ...context, timeZone, ...(fold === undefined ? {} : { fold }) };
  const soon = alternative.times.find((time) => time.sort === 'soon');
  if (soon?.sort === 'soon' && alternative.days.length === 0)
    return minutesFromNow(soon.minutes, context);
  const times = settleTimes(needed(alternative, reading), reading, halfDay);
  const zone =
    alternative.timeZone === undefined || times.words === ''
      ? ''
      : ` ${zoneName(timeZone, context.now)}`;
  let days: SettledDays;
  try {
    days =
      alternative.days.length > 0
        ? settleDayWishes(sameDayOfWeek(alternative, reading), today)
        : defaultDays(alternative, times, zoned);
  } catch (error) {
    throw error instanceof AskBack ? withCandidates(error, times, zone, zoned) : error;
  }
  const moved = spillOver(days.spans, times);
  const windows = limited(dayWindows(moved.spans, moved.times.windows, zoned), days, zoned);
  const words =
    moved.spans === days.spans ? days.words : sayDay(moved.spans[0]?.first ?? today, today);
  const limits = days.limits
    .map(({ clock }) => ` at ${sayMinutes(minutesOf(clock, null, halfDay))}`)
    .join('');
  const last = moved.spans.reduce(
    (latest, span) => (span.last > latest ? span.last : latest),
    moved.spans[0]?.last ?? today,
  );
  return { windows, asked: `${words}${limits}${times.words}${zone}${side}`, last };
}

/** "Same time next week" keeps the weekday too, and a week after the appointment at the least. */
function sameDayOfWeek({ days, times }: Alternative, { previous }: Reading): Alternative['days'] {
  const [only] = days;
  const atom = only?.atoms[0];
  if (previous === null || days.length !== 1 || only?.atoms.length !== 1 || atom?.sort !== 'span')
    return days;
  const { first, last } = atom.span;
  if (!times.some(({ sort }) => sort === 'same') || last.diff(first, 'days').days !== 6)
    return days;
  const sameWeekday = first.plus({ days: previous.day.weekday - 1 });
  const day = sameWeekday > previous.day ? sameWeekday : previous.day.plus({ days: 7 });
  return [{ atoms: [{ sort: 'span', span: oneDay(day) }] }];
}

/** Words that lean on the appointment talked about last need one, or a day to stand alone. */
function needed(alternative: Alternative, reading: Reading): Alternative['times'] {
  if (reading.previous !== null) {
    const { day } = reading.previous;
    const other = alternative.days.some(({ atoms }) =>
      atoms.some((atom) => atom.sort !== 'span' || !atom.span.first.equals(day)),
    );
    return other
      ? alternative.times.filter(({ sort }) => sort !== 'later' && sort !== 'earlier')
      : alternative.times;
  }
  const leans = alternative.times.some(({ sort }) => sort === 'same');
  const vague = alternative.times.every(({ sort }) => sort === 'later' || sort === 'earlier');
  if (leans || (alternative.days.length === 0 && alternative.times.length > 0 && vague)) {
    throw new AskBack({
      reason: 'not-understood',
      question:
        'I do not know which appointment you compare that with. Which day and time would you like?',
    });
  }
  return alternative.times;
}

/**
 * Days for a time without one. The appointment talked about last gives its day; otherwise a clock
 * time is the next time the clock shows it, and everything else is looked for in OPEN_DAYS days.
 */
function defaultDays(
  alternative: Alternative,
  times: SettledTimes,
  context: WishContext,
): SettledDays {
  const { today, reading, now, timeZone } = context;
  const [window] = times.windows;
  const { previous } = reading;
  if (alternative.open === null && previous !== null && previous.day >= today)
    return ofOneDay(previous.day, today);
  if (window?.exact === true && alternative.open === null) {
    const ahead = times.windows.some(({ from }) =>
      localInstants(today, from, timeZone).instants.some((at) => at >= now),
    );
    return ofOneDay(ahead ? today : today.plus({ days: 1 }), today);
  }
  const spans = [{ first: today, last: today.plus({ days: OPEN_DAYS - 1 }) }];
  return {
    spans,
    limits: [],
    words: alternative.open === 'soonest' ? 'as soon as possible' : 'any day in the next two weeks',
  };
}

function ofOneDay(day: CalendarDay, today: CalendarDay): SettledDays {
  return { spans: [oneDay(day)], limits: [], words: sayDay(day, today) };
}

/** Midnight at the end of a day, and an hour later than 11:30 PM, belong to the next day. */
function spillOver(
  spans: DaySpan[],
  times: SettledTimes,
): { spans: DaySpan[]; times: SettledTimes } {
  const [window] = times.windows;
  if (window === undefined || !window.exact || times.windows.length > 1) return { spans, times };
  const days = Math.floor(window.from / 1440);
  if (days === 0) return { spans, times };
  const minutes = days * 1440;
  return {
    spans: spans.map((span) => ({
      first: span.first.plus({ days }),
      last: span.last.plus({ days }),
    })),
    times: {
      ...times,
      windows: [{ ...window, from: window.from - minutes, to: window.to - minutes }],
    },
  };
}

/** "in an hour" is around the next quarter of an hour: people who count hours do not mean minutes. */
function minutesFromNow(minutes: number, context: WishContext): SettledAlternative {
  const quarter = 15 * MINUTE;
  const wanted = context.now.getTime() + minutes * MINUTE;
  const at = Math.ceil(wanted / quarter) * quarter;
  const day = calendarDayAt(new Date(at), context.timeZone);
  const clock = sayMinutes(clockMinutesAt(new Date(at), context.timeZone));
  const from = new Date(at - AROUND_MINUTES * MINUTE);
  const to = new Date(at + (AROUND_MINUTES + EXACT_MINUTES) * MINUTE);
  return {
    windows: [{ from, to, exact: false }],
    asked: `${sayDay(day, context.today)}, around ${clock}`,
    last: day,
  };
}

function limited(windows: Window[], days: SettledDays, context: WishContext): Window[] {
  return days.limits.reduce((left, { side, day, clock }) => {
    const at = boundary(day, minutesOf(clock, null, context.halfDay), context.timeZone, side);
    return left
      .map((window) => ({
        ...window,
        from: side === 'from' && window.from < at ? at : window.from,
        to: side === 'to' && window.to > at ? at : window.to,
      }))
      .filter(({ from, to }) => from < to);
  }, windows);
}

/** The spoken time on each of the days the caller may have meant. */
function withCandidates(
  error: AskBack,
  times: SettledTimes,
  zone: string,
  context: WishContext,
): AskBack {
  const { halfDay, today } = context;
  const wholeDay: SettledTimes = { windows: [{ from: 0, to: 1440, exact: false }], words: '' };
  const spoken = halfDay.used ? wholeDay : times;
  const candidates = error.days.flatMap((day): Candidate[] => {
    const asked = `${sayDay(day, today)}${spoken.words}${spoken.words === '' ? '' : zone}`;
    return windowsOrNone(day, spoken, context).map(({ from, to }) => ({ from, to, asked }));
  });
  return new AskBack({
    reason: error.reason,
    question: error.message,
    candidates: [...error.candidates, ...candidates],
  });
}

function windowsOrNone(day: CalendarDay, times: SettledTimes, context: WishContext): Window[] {
  try {
    return mergeWindows(dayWindows([oneDay(day)], times.windows, context), context.now);
  } catch {
    return [];
  }
}

function sayAlternatives(asked: readonly string[]): string {
  const different = [...new Set(asked)];
  return different.length < 2
    ? different.join('')
    : `${different.slice(0, -1).join(', ')}, or ${different.at(-1)}`;
}

function passed(
  settled: readonly SettledAlternative[],
  asked: string,
  { today }: WishContext,
): AskBack {
  const day = settled.every(({ last }) => last < today);
  return new AskBack({
    reason: 'past',
    question: `${asked.charAt(0).toUpperCase()}${asked.slice(1)} has already passed. Which ${day ? 'day' : 'time'} would you like?`,
  });
}
