import { AskBack } from './ask-back.ts';
import {
  boundary,
  calendarDayAt,
  clockMinutesAt,
  localInstants,
  type CalendarDay,
} from './local-instants.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { DaySpan, Reading } from './items.ts';
import type { HalfDay, MinuteWindow } from './settle-times.ts';

export interface Window {
  from: Date;
  to: Date;
  exact: boolean;
}

export interface WindowContext {
  now: Date;
  timeZone: string;
  today: CalendarDay;
  /** Which of the two instants is meant where the clock shows a time twice. */
  fold?: 0 | 1;
}

export interface WishContext extends WindowContext {
  reading: Reading;
  halfDay: HalfDay;
}

/** The instants of these minutes on each of these days. */
export function dayWindows(
  spans: readonly DaySpan[],
  minutes: readonly MinuteWindow[],
  context: WindowContext,
): Window[] {
  const wholeDays = minutes.every(({ from, to }) => from === 0 && to === 1440);
  const { timeZone } = context;
  return spans.flatMap((span) => {
    if (wholeDays) {
      const from = boundary(span.first, 0, timeZone, 'from');
      return [{ from, to: boundary(span.last, 1440, timeZone, 'to'), exact: false }];
    }
    const only = span.first.equals(span.last) && spans.length === 1;
    const windows: Window[] = [];
    for (let day = span.first; day <= span.last; day = day.plus({ days: 1 })) {
      for (const part of minutes) windows.push(...partOfDay(day, part, only, context));
    }
    return windows;
  });
}

function partOfDay(
  day: CalendarDay,
  part: MinuteWindow,
  only: boolean,
  context: WindowContext,
): Window[] {
  const { timeZone } = context;
  if (!part.exact) {
    const from = boundary(day, part.from, timeZone, 'from');
    const to = boundary(day, part.to, timeZone, 'to');
    return from < to ? [{ from, to, exact: false }] : [];
  }
  const width = (part.to - part.from) * 60_000;
  const { instants, neighbours } = localInstants(day, part.from, timeZone);
  const { fold } = context;
  const meant = fold === undefined ? instants : instants.slice(fold).slice(0, 1);
  const ahead = (meant.length > 0 ? meant : instants).filter((at) => at >= context.now);
  // Asked only about one certain day: "every day at two" does not stumble over one Sunday.
  if (only && neighbours.length > 0 && (neighbours.at(-1) ?? context.now) >= context.now) {
    throw missingTime(day, part.from, neighbours, width, context);
  }
  if (only && ahead.length > 1) throw doubledTime(day, part.from, ahead, width, context);
  return (ahead.length > 0 ? ahead : instants)
    .slice(0, 1)
    .map((from) => ({ from, to: new Date(from.getTime() + width), exact: true }));
}

function missingTime(
  day: CalendarDay,
  minutes: number,
  neighbours: Date[],
  width: number,
  context: WindowContext,
): AskBack {
  const shown = neighbours.map((at) => sayMinutes(clockMinutesAt(at, context.timeZone)));
  return new AskBack({
    reason: 'nonexistent-time',
    question: `${sayMinutes(minutes)} does not exist on ${sayDay(day, context.today)}, because the clocks go forward. Do you mean ${shown.join(' or ')}?`,
    candidates: neighbours.map((from, index) => ({
      from,
      to: new Date(from.getTime() + width),
      asked: `${sayDay(calendarDayAt(from, context.timeZone), context.today)} at ${shown[index]}`,
    })),
  });
}

function doubledTime(
  day: CalendarDay,
  minutes: number,
  instants: Date[],
  width: number,
  context: WindowContext,
): AskBack {
  const clock = sayMinutes(minutes);
  return new AskBack({
    reason: 'ambiguous-time',
    question: `${clock} happens twice on ${sayDay(day, context.today)}, because the clocks go back. Do you mean the first ${clock}, before the change, or the second, after it?`,
    candidates: instants.map((from, index) => ({
      from,
      to: new Date(from.getTime() + width),
      asked: `${sayDay(day, context.today)} at ${clock}, ${index === 0 ? 'the first time, before' : 'the second time, after'} the clocks go back`,
    })),
  });
}

/** Windows in order, overlaps and neighbours as one, and nothing before `now`. */
export function mergeWindows(windows: readonly Window[], now: Date): Window[] {
  const merged: Window[] = [];
  const ahead = windows
    .filter(({ from, to, exact }) => (exact ? from >= now : to > now))
    .map((one) => ({ ...one, from: one.from < now ? now : one.from }))
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  for (const window of ahead) {
    const last = merged.at(-1);
    if (last !== undefined && window.from <= last.to) {
      if (window.to > last.to) last.to = window.to;
      last.exact &&= window.exact;
    } else {
      merged.push({ ...window });
    }
  }
  return merged;
}

/** What is left of the windows when the others are taken away. */
export function subtractWindows(windows: readonly Window[], taken: readonly Window[]): Window[] {
  let left = [...windows];
  for (const { from, to } of taken) {
    left = left.flatMap((window) => {
      if (to <= window.from || from >= window.to) return [window];
      const pieces: Window[] = [];
      if (from > window.from) pieces.push({ ...window, to: from });
      if (to < window.to) pieces.push({ ...window, from: to });
      return pieces;
    });
  }
  return left;
}
