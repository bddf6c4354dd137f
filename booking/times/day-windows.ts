import { AskBack, notUnderstood, type Candidate } from './ask-back.ts';
import { lengthOf } from './day-spans.ts';
import {
  boundary,
  calendarDayAt,
  clockMinutesAt,
  localInstants,
  type CalendarDay,
} from './local-instants.ts';
import type { MinuteWindow } from './place-times.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { DaySpan, Reading, Side } from './wish.ts';

export interface Window {
  from: Date;
  to: Date;
  exact: boolean;
}

export interface PlacedAlternative {
  windows: readonly Window[];
  asked: string;
  /** The last day asked for, to tell "which day" from "which time" once it has passed. */
  last: CalendarDay;
}

export interface WishContext {
  now: Date;
  timeZone: string;
  reading: Reading;
  side: Side;
  /** Which of the two instants is meant where the clock shows a time twice. */
  fold?: 0 | 1;
}

/** "Mornings next year" is no wish that times could be offered for. */
const MOST_DAYS = 100;
const TOO_LONG = 'That is a long stretch for one appointment. In which month would you like it?';

/** The instants of these minutes on each of these days. Throws AskBack for too many of them. */
export function dayWindows(
  spans: readonly DaySpan[],
  minutes: readonly MinuteWindow[],
  context: WishContext,
): readonly Window[] {
  const { timeZone } = context;
  const wholeDays = minutes.every(({ from, to }) => from === 0 && to === 1440);
  const total = spans.reduce((sum, span) => sum + lengthOf(span), 0);
  if (!wholeDays && total > MOST_DAYS) throw notUnderstood(TOO_LONG);
  return spans.flatMap((span) => {
    if (wholeDays) {
      const from = boundary(span.first, 0, timeZone, 'from');
      return [{ from, to: boundary(span.last, 1440, timeZone, 'to'), exact: false }];
    }
    const only = span.first.equals(span.last) && spans.length === 1;
    const windows: Window[] = [];
    for (let day = span.first; day <= span.last; day = day.plus({ days: 1 }))
      for (const part of minutes) windows.push(...partOfDay(day, part, only, context));
    return windows;
  });
}

function partOfDay(
  day: CalendarDay,
  part: MinuteWindow,
  only: boolean,
  context: WishContext,
): readonly Window[] {
  const { timeZone, fold, now } = context;
  if (!part.exact) {
    const from = boundary(day, part.from, timeZone, 'from');
    const to = boundary(day, part.to, timeZone, 'to');
    return from < to ? [{ from, to, exact: false }] : [];
  }
  const width = (part.to - part.from) * 60_000;
  const { instants, neighbours } = localInstants(day, part.from, timeZone);
  const meant = fold === undefined ? instants : instants.slice(fold).slice(0, 1);
  const ahead = (meant.length > 0 ? meant : instants).filter((at) => at >= now);
  // Asked only about one certain day: "every day at two" does not stumble over one Sunday.
  if (only && (neighbours.at(-1) ?? new Date(0)) >= now)
    throw missingTime(day, part.from, neighbours, width, context);
  if (only && ahead.length > 1) throw doubledTime(day, part.from, ahead, width, context);
  return (ahead.length > 0 ? ahead : instants)
    .slice(0, 1)
    .map((from) => ({ from, to: new Date(from.getTime() + width), exact: true }));
}

function missingTime(
  day: CalendarDay,
  minutes: number,
  neighbours: readonly Date[],
  width: number,
  context: WishContext,
): AskBack {
  const { timeZone, reading } = context;
  const shown = neighbours.map((at) => sayMinutes(clockMinutesAt(at, timeZone)));
  return new AskBack({
    reason: 'nonexistent-time',
    question: `${sayMinutes(minutes)} does not exist on ${sayDay(day, reading.today)}, because the clocks go forward. Do you mean ${shown.join(' or ')}?`,
    candidates: neighbours.map((from, index): Candidate => {
      const asked = `${sayDay(calendarDayAt(from, timeZone), reading.today)} at ${shown[index]}`;
      return { from, to: new Date(from.getTime() + width), asked };
    }),
  });
}

function doubledTime(
  day: CalendarDay,
  minutes: number,
  instants: readonly Date[],
  width: number,
  { reading }: WishContext,
): AskBack {
  const clock = sayMinutes(minutes);
  const said = sayDay(day, reading.today);
  return new AskBack({
    reason: 'ambiguous-time',
    question: `${clock} happens twice on ${said}, because the clocks go back. Do you mean the first ${clock}, before the change, or the second, after it?`,
    candidates: instants.map((from, index): Candidate => {
      const which = index === 0 ? 'the first time, before' : 'the second time, after';
      return {
        from,
        to: new Date(from.getTime() + width),
        asked: `${said} at ${clock}, ${which} the clocks go back`,
      };
    }),
  });
}

/** Windows in order, overlaps and neighbours as one, and nothing before `now`. */
export function mergeWindows(windows: readonly Window[], now: Date): readonly Window[] {
  const merged: Window[] = [];
  const ahead = windows
    .filter(({ from, to, exact }) => (exact ? from >= now : to > now))
    .map((one) => ({ ...one, from: one.from < now ? now : one.from }))
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  for (const window of ahead) {
    const last = merged.at(-1);
    if (last === undefined || window.from > last.to) merged.push(window);
    else
      merged.splice(-1, 1, {
        from: last.from,
        to: window.to > last.to ? window.to : last.to,
        exact: last.exact && window.exact,
      });
  }
  return merged;
}

/** What is left of the windows when the others are taken away. */
export function subtractWindows(
  windows: readonly Window[],
  taken: readonly Window[],
): readonly Window[] {
  return taken.reduce(
    (left, { from, to }) =>
      left.flatMap((window) => {
        if (to <= window.from || from >= window.to) return [window];
        const pieces = [
          { ...window, to: from },
          { ...window, from: to },
        ];
        return pieces.filter((piece) => piece.from < piece.to);
      }),
    windows,
  );
}
