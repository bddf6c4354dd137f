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
const daysOf = new WeakMap<Schedule, Map<string, Interval[]>>();

/** When a schedule is open, from the day before an interval to the day after it; sorted, apart. */
export function openHours(schedule: Schedule, within: Interval): Interval[] {
  let days = daysOf.get(schedule);
  if (days === undefined) daysOf.set(schedule, (days = new Map<string, Interval[]>()));
  const hours: Interval[] = [];
  const last = within.end + DAY;
  // Days are counted in the zone: on a day of 23 hours, steps of 24 would miss one.
  let day = DateTime.fromMillis(within.start - DAY, { zone: schedule.timeZone }).startOf('day');
  for (; day.toMillis() <= last; day = day.plus({ days: 1 })) {
    const date = day.toISODate() ?? '';
    let known = days.get(date);
    if (known === undefined) days.set(date, (known = hoursOf(schedule, day, date)));
    hours.push(...known);
  }
  return mergeIntervals(hours);
}

function hoursOf(schedule: Schedule, day: DateTime, date: string): Interval[] {
  const at = (time: string): number => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour === 24
      ? day.startOf('day').plus({ days: 1 }).toMillis()
      : day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
  };
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
