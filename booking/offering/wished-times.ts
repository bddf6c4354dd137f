import { DateTime } from 'luxon';
import type { TimeRange } from '../../calendar/calendar.ts';

/** Half a morning is one, and what is longer than a part of the day is any. */
const LONGEST_PART = 7;

/** Which times a caller asked for, in the calendar's zone: for the figures, which quote nobody. */
export interface WishedTimes {
  /** 1 is Monday; 0: several days, or any. */
  weekday: number;
  part: 'morning' | 'afternoon' | 'evening' | 'any';
  /** Whether any of it could be offered. */
  isFree: boolean;
}

/** @param wish.exclude what lies in the range and is not wished for, in order and without overlaps */
export function wishedTimes(
  wish: TimeRange & { exclude?: readonly TimeRange[] },
  isFree: boolean,
  timeZone: string,
): WishedTimes {
  const windows = cut(wish).map(({ from, to }) => ({
    from: DateTime.fromJSDate(from, { zone: timeZone }),
    // What ends at midnight is of the day before.
    to: DateTime.fromJSDate(new Date(to.getTime() - 1), { zone: timeZone }),
  }));
  const days = new Set(windows.flatMap(({ from, to }) => [from.toISODate(), to.toISODate()]));
  const parts = new Set(windows.map(({ from, to }) => partOf(from, to)));
  const [part = 'any', ...others] = parts;
  return {
    weekday: days.size === 1 ? (windows[0]?.from.weekday ?? 0) : 0,
    part: others.length === 0 ? part : 'any',
    isFree,
  };
}

function cut({ from, to, exclude = [] }: TimeRange & { exclude?: readonly TimeRange[] }) {
  const windows: TimeRange[] = [];
  let begin = from;
  for (const gap of exclude) {
    windows.push({ from: begin, to: gap.from });
    begin = gap.to;
  }
  return [...windows, { from: begin, to }];
}

function partOf(from: DateTime, to: DateTime): WishedTimes['part'] {
  const hours = to.diff(from, 'hours').hours;
  if (hours > LONGEST_PART) return 'any';
  const { hour } = from.plus({ hours: hours / 2 });
  if (hour < 12) return 'morning';
  return hour < 17 ? 'afternoon' : 'evening';
}
