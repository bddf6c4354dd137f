import { DateTime } from 'luxon';
import { DAY, mergeIntervals, type Interval } from './interval.ts';
import type { Schedule, Weekday } from './model.ts';

const WEEKDAYS: Weekday[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** Reading a zone's rules is slow, and a storm asks for the same days again and again. */
const known = new WeakMap<Schedule, Map<string, Interval[]>>();

/** When a schedule is open, from the day before an interval to the day after it; sorted, apart. */
export function openHours(schedule: Schedule, within: Interval): readonly Interval[] {
  const first = Math.floor(within.start / DAY) - 1;
  const last = Math.floor(within.end / DAY) + 2;
  let ranges = known.get(schedule);
  if (ranges === undefined) known.set(schedule, (ranges = new Map<string, Interval[]>()));
  const key = `${first}/${last}`;
  let hours = ranges.get(key);
  if (hours === undefined) {
    ranges.set(key, (hours = readHours(schedule, { start: first * DAY, end: last * DAY })));
  }
  return hours;
}

function readHours(schedule: Schedule, within: Interval): Interval[] {
  const hours: Interval[] = [];
  // Days are counted in the zone: on a day of 23 hours, steps of 24 would miss one.
  let day = DateTime.fromMillis(within.start, { zone: schedule.timeZone }).startOf('day');
  for (; day.toMillis() < within.end; day = day.plus({ days: 1 })) {
    hours.push(...hoursOf(schedule, day));
  }
  return mergeIntervals(hours);
}

function hoursOf(schedule: Schedule, day: DateTime): Interval[] {
  const at = (time: string): number => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour === 24
      ? day.startOf('day').plus({ days: 1 }).toMillis()
      : day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
  };
  const date = day.toISODate();
  const overrides = schedule.overrides.filter((override) => override.date === date);
  const weekday = WEEKDAYS[day.weekday - 1];
  const written =
    overrides.length > 0
      ? overrides
      : schedule.availability.filter(
          (each) => weekday !== undefined && each.days.includes(weekday),
        );
  return written
    .map(({ startTime, endTime }) => ({ start: at(startTime), end: at(endTime) }))
    .filter(({ start, end }) => start < end);
}
