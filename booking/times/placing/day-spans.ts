import { calendarDay, type CalendarDay } from './local-instants.ts';

/** How far "any day", "as soon as possible" and "after Friday" look ahead. */
export const OPEN_DAYS = 14;

/** A run of days. `words` is how to say it; without it the days are said by their dates. */
export interface DaySpan {
  first: CalendarDay;
  last: CalendarDay;
  words?: string;
  /** The span names a week rather than its days: "tuesday in two weeks". */
  weekOf?: true;
}

export type Unit = 'day' | 'week' | 'weekend' | 'month' | 'year';

export function oneDay(day: CalendarDay): DaySpan {
  return { first: day, last: day };
}

export function isStretch({ first, last }: DaySpan): boolean {
  return first < last;
}

export function lengthOf({ first, last }: DaySpan): number {
  return Math.round(last.diff(first, 'days').days) + 1;
}

/** The days of a span, or those that fall on one of these weekdays. */
export function daysOf({ first, last }: DaySpan, ...weekdays: number[]): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day = first; day <= last; day = day.plus({ days: 1 }))
    if (weekdays.length === 0 || weekdays.includes(day.weekday)) days.push(day);
  return days;
}

/** Two weeks from a day on. */
export function openFrom(day: CalendarDay): DaySpan {
  return { first: day, last: day.plus({ days: OPEN_DAYS - 1 }) };
}

/** The week (Monday to Sunday), weekend, month or year of a day, moved by so many of them. */
export function stretchOf(unit: Unit, day: CalendarDay, steps = 0): DaySpan {
  const whole = unit === 'weekend' ? 'week' : unit;
  const first = day.startOf(whole).plus({ [whole]: steps });
  const last = first.endOf(whole).startOf('day');
  return { first: unit === 'weekend' ? last.minus({ days: 1 }) : first, last };
}

/** The month of that number that is running or comes next; with a year, exactly that one. */
export function monthNamed(month: number, year: number | null, today: CalendarDay): DaySpan {
  const next = month < today.month ? today.year + 1 : today.year;
  return stretchOf('month', calendarDay(year ?? next, month, 1));
}

export const WORKDAYS = [1, 2, 3, 4, 5];
export const WEEKEND = [6, 7];

/** The nth working day after a day. */
export function workdayAfter(day: CalendarDay, nth: number): CalendarDay {
  const ahead = { first: day.plus({ days: 1 }), last: day.plus({ days: 2 * nth + 2 }) };
  return daysOf(ahead, ...WORKDAYS)[nth - 1] ?? day;
}

/** First and last days, counted from the first, of what are called parts of a week or month. */
const PORTIONS = {
  week: { start: [0, 1], middle: [1, 3], end: [3, 4] },
  month: { start: [0, 9], middle: [10, 19], end: [20, 30] },
} as const;

export function portionOf(span: DaySpan, side: 'start' | 'middle' | 'end', unit: Unit): DaySpan {
  const days = daysOf(span);
  const [from, to] = PORTIONS[unit === 'week' ? unit : 'month'][side];
  return { first: days[from] ?? span.last, last: days[to] ?? span.last };
}

/** The nth day, working day, weekday, weekend or week of a stretch, or null; -1 is the last. */
export function placeWithin(
  whole: DaySpan,
  named: number | 'day' | 'workday' | 'weekend' | 'week',
  nth: number,
): DaySpan | null {
  const place = nth < 0 ? nth : nth - 1;
  if (named === 'day') {
    const day = (nth < 0 ? whole.last.plus({ days: 1 }) : whole.first).plus({ days: place });
    return day >= whole.first && day <= whole.last ? oneDay(day) : null;
  }
  if (named === 'week') {
    const edge = nth < 0 ? whole.last.plus({ days: 1 }) : whole.first;
    const first = edge.plus({ weeks: place });
    const fits = lengthOf(whole) >= 28 && first <= whole.last;
    return fits ? { first, last: first.plus({ days: 6 }) } : null;
  }
  const weekdays = { workday: WORKDAYS, weekend: [6] };
  const days = daysOf(whole, ...(typeof named === 'number' ? [named] : weekdays[named]));
  const day = days.at(place);
  if (day === undefined) return null;
  return { first: day, last: named === 'weekend' ? day.plus({ days: 1 }) : day };
}
