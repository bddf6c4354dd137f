import { Interval } from 'luxon';
import { AskBack, notUnderstood, type Candidate } from './ask-back.ts';
import { daysOf, lengthOf, type DaySpan } from './day-spans.ts';
import { boundary, calendarDayAt, clockMinutesAt, localInstants } from './local-instants.ts';
import type { CalendarDay } from './local-instants.ts';
import { EXACT_MINUTES, type PlacedTimes } from './place-times.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { Alternative, Reading } from './wish.ts';

/** "Mornings next year" is no wish that times could be offered for. */
const MOST_DAYS = 100;
const TOO_LONG = 'That is a long stretch for one appointment. In which month would you like it?';

/** The instants of these times on each of these days. Throws AskBack for too many of them. */
export function dayWindows(
  spans: readonly DaySpan[],
  { windows, exact }: PlacedTimes,
  reading: Reading,
  fold: Alternative['fold'] = null,
): readonly Interval[] {
  const stretch = ({ first, last }: DaySpan, from: number, to: number): Interval =>
    Interval.fromDateTimes(
      boundary(first, from, reading.timeZone, 'from'),
      boundary(last, to, reading.timeZone, 'to'),
    );
  if (windows.every(({ from, to }) => from === 0 && to === 1440))
    return spans.map((span) => stretch(span, 0, 1440));
  const count = spans.reduce((sum, span) => sum + lengthOf(span), 0);
  if (count > MOST_DAYS) throw notUnderstood(TOO_LONG);
  const days = spans.flatMap((span) => daysOf(span));
  // Hours that a change of the clock takes away leave nothing of that day.
  const found = days.flatMap((day) =>
    windows.flatMap(({ from, to }) =>
      exact
        ? moments(day, from, count === 1, reading, fold)
        : stretch({ first: day, last: day }, from, to),
    ),
  );
  return found.filter((window) => window.isValid && !window.isEmpty());
}

/** Asks only about one certain day: "every day at two" does not stumble over one Sunday. */
function moments(
  day: CalendarDay,
  minutes: number,
  isOnly: boolean,
  reading: Reading,
  fold: Alternative['fold'],
): readonly Interval[] {
  const { now, timeZone } = reading;
  const { instants, neighbours } = localInstants(day, minutes, timeZone);
  const meant = fold === null ? instants : instants.slice(fold, fold + 1);
  const ahead = (meant.length > 0 ? meant : instants).filter((at) => at >= now);
  const missing = instants.length === 0 && neighbours.some((at) => at >= now);
  if (isOnly && missing) throw missingTime(day, minutes, neighbours, reading);
  if (isOnly && ahead.length > 1) throw doubledTime(day, minutes, ahead, reading);
  return (ahead.length > 0 ? ahead : instants).slice(0, 1).map(exactly);
}

export function exactly(at: Date): Interval {
  return Interval.after(at, { minutes: EXACT_MINUTES });
}

function missingTime(
  day: CalendarDay,
  minutes: number,
  neighbours: readonly Date[],
  { timeZone, today }: Reading,
): AskBack {
  const shown = neighbours.map((at) => sayMinutes(clockMinutesAt(at, timeZone)));
  return new AskBack({
    reason: 'nonexistent-time',
    question:
      `${sayMinutes(minutes)} does not exist on ${sayDay(day, today)}, because the clocks ` +
      `go forward. Do you mean ${shown.join(' or ')}?`,
    candidates: neighbours.map((at, index) =>
      candidate(exactly(at), `${sayDay(calendarDayAt(at, timeZone), today)} at ${shown[index]}`),
    ),
  });
}

function doubledTime(
  day: CalendarDay,
  minutes: number,
  instants: readonly Date[],
  { today }: Reading,
): AskBack {
  const clock = sayMinutes(minutes);
  const said = sayDay(day, today);
  const which = ['the first time, before', 'the second time, after'];
  return new AskBack({
    reason: 'ambiguous-time',
    question:
      `${clock} happens twice on ${said}, because the clocks go back. ` +
      `Do you mean the first ${clock}, before the change, or the second, after it?`,
    candidates: instants.map((at, index) =>
      candidate(exactly(at), `${said} at ${clock}, ${which[index]} the clocks go back`),
    ),
  });
}

/** A window with the words for it, as the agent offers it. */
export function candidate({ start, end }: Interval, asked: string): Candidate {
  if (start === null || end === null) throw new RangeError(`no window for ${asked}`);
  return { from: start.toJSDate(), to: end.toJSDate(), asked };
}

/** What of the windows lies ahead; a moment that has begun does not. */
export function ahead(windows: readonly Interval[], exact: boolean, now: Date): Interval[] {
  const future = Interval.after(now, { years: 100 });
  return windows.flatMap((window) => {
    const left = window.intersection(future);
    return left === null || (exact && !left.equals(window)) ? [] : [left];
  });
}
