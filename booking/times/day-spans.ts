import { calendarDay, type CalendarDay } from './local-instants.ts';
import type { DaySpan } from './items.ts';

/** How far "any day", "as soon as possible" and "after Friday" look ahead. */
export const OPEN_DAYS = 14;

export function oneDay(day: CalendarDay): DaySpan {
  return { first: day, last: day };
}

/** Monday to Sunday, counted in weeks from the week of `day`. */
export function weekOf(day: CalendarDay, weeks: number): DaySpan {
  const first = day.minus({ days: day.weekday - 1 }).plus({ weeks });
  return { first, last: first.plus({ days: 6 }) };
}

/** Saturday and Sunday of the week of `day`, moved by so many weeks. */
export function weekendOf(day: CalendarDay, weeks: number): DaySpan {
  const { last } = weekOf(day, weeks);
  return { first: last.minus({ days: 1 }), last };
}

export function monthOf(day: CalendarDay, months: number): DaySpan {
  const first = day.startOf('month').plus({ months });
  return { first, last: lastOfMonth(first) };
}

function lastOfMonth(day: CalendarDay): CalendarDay {
  return calendarDay(day.year, day.month, day.daysInMonth ?? 28);
}

/** The month of that number that is running or comes next; with a year, exactly that one. */
export function monthNamed(month: number, year: number | null, today: CalendarDay): DaySpan {
  const thisYear = calendarDay(today.year, month, 1);
  const first =
    year !== null
      ? calendarDay(year, month, 1)
      : month < today.month
        ? thisYear.plus({ years: 1 })
        : thisYear;
  return { first, last: lastOfMonth(first) };
}

/** The nth (1 to 5, or -1 for the last) such weekday between two days, or null. */
export function nthWeekday(within: DaySpan, weekday: number, nth: number): CalendarDay | null {
  const days = weekdaysWithin(within, weekday);
  return days.at(nth < 0 ? nth : nth - 1) ?? null;
}

export function weekdaysWithin(within: DaySpan, weekday: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  const ahead = (weekday - within.first.weekday + 7) % 7;
  for (
    let day = within.first.plus({ days: ahead });
    day <= within.last;
    day = day.plus({ days: 7 })
  ) {
    days.push(day);
  }
  return days;
}

/** The parts people make of a week (Monday to Friday counts) or a month (thirds). */
export function portionOf(
  span: DaySpan,
  portion: 'start' | 'middle' | 'end',
  unit: 'week' | 'month',
): DaySpan {
  const day = (offset: number): CalendarDay => span.first.plus({ days: offset });
  if (unit === 'week') {
    if (portion === 'start') return { first: day(0), last: day(1) };
    return portion === 'middle' ? { first: day(1), last: day(3) } : { first: day(3), last: day(4) };
  }
  if (portion === 'start') return { first: day(0), last: day(9) };
  return portion === 'middle'
    ? { first: day(10), last: day(19) }
    : { first: day(20), last: span.last };
}
