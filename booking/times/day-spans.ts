import { calendarDay, type CalendarDay } from './local-instants.ts';
import type { DaySpan } from './wish.ts';

/** How far "any day", "as soon as possible" and "after Friday" look ahead. */
export const OPEN_DAYS = 14;

export type Unit = 'day' | 'week' | 'weekend' | 'month' | 'year';

export function oneDay(day: CalendarDay): DaySpan {
  return { first: day, last: day };
}

/** The week (Monday to Sunday), weekend, month or year of a day, moved by so many of them. */
export function stretchOf(unit: Unit, day: CalendarDay, steps = 0): DaySpan {
  if (unit === 'day') return oneDay(day.plus({ days: steps }));
  if (unit === 'month' || unit === 'year') {
    const first = day.startOf(unit).plus({ [unit]: steps });
    return { first, last: first.endOf(unit).startOf('day') };
  }
  const monday = day.minus({ days: day.weekday - 1 }).plus({ weeks: steps });
  const first = unit === 'week' ? monday : monday.plus({ days: 5 });
  return { first, last: monday.plus({ days: 6 }) };
}

export function lengthOf({ first, last }: DaySpan): number {
  return Math.round(last.diff(first, 'days').days) + 1;
}

/** The month of that number that is running or comes next; with a year, exactly that one. */
export function monthNamed(month: number, year: number | null, today: CalendarDay): DaySpan {
  const next = month < today.month ? today.year + 1 : today.year;
  return stretchOf('month', calendarDay(year ?? next, month, 1));
}

export function weekdaysWithin({ first, last }: DaySpan, weekday: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  const start = first.plus({ days: (weekday - first.weekday + 7) % 7 });
  for (let day = start; day <= last; day = day.plus({ days: 7 })) days.push(day);
  return days;
}

/** The nth working day from an edge on, the edge included; backwards where `nth` is negative. */
export function workdayFrom(edge: CalendarDay, nth: number): CalendarDay {
  let day = edge;
  for (let left = Math.abs(nth) - (day.weekday < 6 ? 1 : 0); left > 0;) {
    day = day.plus({ days: Math.sign(nth) });
    if (day.weekday < 6) left -= 1;
  }
  return day;
}

/** The parts people make of a week (Monday to Friday counts) or a month (thirds). */
export function portionOf(
  { first, last }: DaySpan,
  portion: 'start' | 'middle' | 'end',
  unit: Unit,
): DaySpan {
  const [start, middle, end] =
    unit === 'week'
      ? [
          [0, 1],
          [1, 3],
          [3, 4],
        ]
      : [
          [0, 9],
          [10, 19],
          [20, 31],
        ];
  const [from = 0, to = 0] =
    (portion === 'start' ? start : portion === 'middle' ? middle : end) ?? [];
  return { first: first.plus({ days: from }), last: to > 30 ? last : first.plus({ days: to }) };
}

/** The nth day, weekday, working day, week or weekend of a stretch, or null; -1 is the last. */
export function placeWithin(
  whole: DaySpan,
  named: number | Unit | 'workday',
  nth: number,
): DaySpan | null {
  const [edge, steps] = nth < 0 ? [whole.last, nth + 1] : [whole.first, nth - 1];
  if (named === 'day') return oneDay(edge.plus({ days: steps }));
  if (named === 'workday') return oneDay(workdayFrom(edge, nth));
  if (named === 'week') {
    const first = edge.plus({ weeks: steps }).minus({ days: nth < 0 ? 6 : 0 });
    return lengthOf(whole) < 28 || first > whole.last
      ? null
      : { first, last: first.plus({ days: 6 }) };
  }
  const day = weekdaysWithin(whole, typeof named === 'number' ? named : 6).at(
    nth < 0 ? nth : nth - 1,
  );
  if (day === undefined) return null;
  return typeof named === 'number' ? oneDay(day) : { first: day, last: day.plus({ days: 1 }) };
}
