import iCalendar from 'ical.js';
import type { TimeRange } from '../calendar.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import { instantOf, spanOf, timesOf, writtenTime } from './calendar-object.ts';
import type { ReadingContext, WrittenEvent, WrittenTime } from './calendar-object.ts';
import { setupError } from './setup-error.ts';
import { timeOf } from './zones.ts';
import type { JCalObject } from './zones.ts';

const DAY = 86_400_000;
/** Occurrences of one rule that are gone through: more is no calendar of a person's. */
const MOST_OCCURRENCES = 20_000;
/** By how much one and all that follow may have been moved at once. */
const FURTHEST_CHANGE = 31 * DAY;

/**
 * When the appointments of an object take place that have a moment of the range, with all of a series.
 * What does not take place is left out.
 *
 * Rules are gone through on the wall clock of the series, and each occurrence becomes an instant by
 * its zone: so does every change of the clocks come right.
 *
 * @throws {CalendarSetupError} a rule cannot be read, or has no end of occurrences
 */
export function expandEvents(
  events: readonly WrittenEvent[],
  range: TimeRange,
  source: { object: JCalObject; path: string; context: ReadingContext },
): BusyTime[] {
  const changed = events.filter(({ recurrence }) => recurrence !== null);
  const found = changed.map((event) => ({ event, start: event.start }));
  for (const series of events) {
    if (series.recurrence !== null) continue;
    const reach = changed.some(({ recurrence }) => recurrence?.andFuture) ? FURTHEST_CHANGE : 0;
    const starts = startsOf(series, { range, reach }, source);
    const replaced = new Set(changed.map(({ recurrence }) => wallIn(series, recurrence?.of)));
    const later = changed
      .filter(({ recurrence }) => recurrence?.andFuture === true)
      .toSorted((a, b) => wallIn(series, a.recurrence?.of) - wallIn(series, b.recurrence?.of));
    for (const wall of starts) {
      if (replaced.has(wall)) continue;
      const change = later.findLast(({ recurrence }) => wallIn(series, recurrence?.of) < wall);
      found.push(change ? changedStart(series, change, wall) : plainStart(series, wall));
    }
  }
  return found.flatMap(({ event, start }) => {
    if (event.isOff) return [];
    const span = spanOf(start, event.length);
    const isInside = span.start < range.to && span.end > range.from;
    return isInside ? [{ ...span, allDay: start.isDate, shows: event.shows }] : [];
  });
}

function plainStart(series: WrittenEvent, wall: number) {
  return { event: series, start: { ...series.start, wall } };
}

/** One that comes after a change of it and all that follow: as much earlier or later as that one was. */
function changedStart(series: WrittenEvent, change: WrittenEvent, wall: number) {
  const by = change.start.wall - wallIn({ start: change.start }, change.recurrence?.of);
  const moved = wallIn({ start: change.start }, { ...series.start, wall }) + by;
  return { event: change, start: { ...change.start, wall: moved } };
}

/** What the clock of a series reads at a time; a date is the same on every clock. */
function wallIn(series: Pick<WrittenEvent, 'start'>, time: WrittenTime | undefined): number {
  if (!time) return Number.NaN;
  const { zone } = series.start;
  if (time.zone === zone || time.isDate) return time.wall;
  return zone.toWall(instantOf(time));
}

/** On its own clock, when the occurrences of a series begin that may have a moment of the range. */
function startsOf(
  series: WrittenEvent,
  { range, reach }: { range: TimeRange; reach: number },
  source: { object: JCalObject; path: string; context: ReadingContext },
): Set<number> {
  const { start, length, properties } = series;
  // The first one counts whatever the rule says, and where there are further dates and no rule.
  const starts = new Set([start.wall]);
  const lasts = length.days * DAY + length.milliseconds;
  const span = {
    from: start.zone.toWall(range.from.getTime()) - lasts - DAY - reach,
    to: start.zone.toWall(range.to.getTime()) + DAY + reach,
  };
  const listed = (name: string) =>
    properties
      .filter(([key]) => key === name)
      .flatMap((property) => timesOf(property, source.object, source.context));
  for (const [name, , , rule] of properties) {
    if (name !== 'rrule') continue;
    try {
      for (const wall of occurrences(rule, start, span)) starts.add(wall);
    } catch (cause) {
      throw setupError(
        'not-supported',
        `How the appointment at ${source.path} repeats cannot be read, and so not which times are free: change it in your calendar program.`,
        { cause },
      );
    }
  }
  for (const time of listed('rdate')) starts.add(wallIn(series, time));
  for (const time of listed('exdate')) {
    // Some programs except a date of a series that has a time.
    if (time.isDate) removeDate(starts, time.wall);
    else starts.delete(wallIn(series, time));
  }
  return starts;
}

function removeDate(starts: Set<number>, midnight: number): void {
  for (const wall of starts) {
    if (wall >= midnight && wall < midnight + DAY) starts.delete(wall);
  }
}

function* occurrences(
  rule: unknown,
  start: WrittenTime,
  { from, to }: { from: number; to: number },
): Generator<number> {
  const parts = readRule(rule, start);
  const recurrence = iCalendar.Recur.fromData(
    parts as Parameters<typeof iCalendar.Recur.fromData>[0],
  );
  const begin = start.wall + leap(parts, start, from);
  const iterator = recurrence.iterator(timeOf(begin, start.isDate));
  for (let count = 0; ; count += 1) {
    if (count > MOST_OCCURRENCES) throw new RangeError('It has too many occurrences.');
    const next: iCalendar.Time | null = iterator.next();
    if (!next) return;
    const wall = wallOf(next);
    if (wall > to) return;
    if (wall >= from) yield wall;
  }
}

type RuleParts = Record<string, unknown> & Partial<Record<'freq' | 'interval' | 'until', unknown>>;

/** A rule with its end on the clock of its series: it is mostly written in UTC. */
function readRule(rule: unknown, start: WrittenTime): RuleParts {
  if (typeof rule !== 'object' || rule === null) throw new TypeError('It is no rule.');
  const parts: RuleParts = { ...rule };
  const { until } = parts;
  if (until === undefined) return parts;
  if (typeof until !== 'string') throw new TypeError('Its end is none.');
  const end = writtenTime(until, () => start.zone);
  const wall = end.isDate ? end.wall + DAY - 1_000 : wallIn({ start }, end);
  return { ...parts, until: timeOf(wall, start.isDate) };
}

/**
 * By how much a rule may be begun later, a whole number of its intervals, so that years of mornings are
 * not gone through one by one. One that is counted must begin at its beginning.
 */
function leap({ freq, interval, count }: RuleParts, start: WrittenTime, from: number): number {
  const days = freq === 'DAILY' ? 1 : freq === 'WEEKLY' ? 7 : 0;
  const every = days * DAY * Number(interval ?? 1);
  if (days === 0 || count !== undefined || from <= start.wall) return 0;
  return Math.max(0, Math.floor((from - start.wall) / every) - 1) * every;
}

function wallOf({ year, month, day, hour, minute, second }: iCalendar.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
