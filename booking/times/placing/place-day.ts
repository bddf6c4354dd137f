import { AskBack, notUnderstood } from './ask-back.ts';
import { oneDay, openFrom, type DaySpan } from './day-spans.ts';
import { calendarDay, type CalendarDay } from './local-instants.ts';
import { sayDays } from './say-days.ts';
import type { DateAtom, DayAtom, Reading, WeekdayAtom } from './wish.ts';

/** A passed date without a year means next year's only when that is at most so far away. */
const MONTHS_AHEAD = 11;

/**
 * The days one atom means.
 *
 * Weeks run from Monday to Sunday. "Tuesday" is the first one after today (today is called
 * "today"); "this Tuesday" may be today; "next Tuesday" is the one of the next calendar week,
 * except that tomorrow is never called "next Monday". "The 24th" is the next day with that number.
 * Throws AskBack for a date that the calendar does not have.
 */
export function placeDay(atom: DayAtom, reading: Reading): DaySpan {
  const { today, side } = reading;
  switch (atom.sort) {
    case 'span':
      return atom.span;
    case 'either':
      return placeDay(atom.atoms[side], reading);
    case 'weekday':
      return oneDay(placeWeekday(atom, today).plus({ weeks: atom.weeks }));
    case 'date':
      return oneDay(placeDate(atom, today));
    case 'monthday':
      return oneDay(monthdaysFrom(atom.day, today)[0] ?? today);
    case 'workdays':
      return openFrom(today);
  }
}

function placeWeekday({ weekday, which }: WeekdayAtom, today: CalendarDay): CalendarDay {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (which === 'past') return today.plus({ days: ahead - 7 });
  if (which === 'this') return today.plus({ days: ahead });
  if (which === 'plain') return today.plus({ days: ahead || 7 });
  const days = 7 - today.weekday + weekday;
  return today.plus({ days: days === 1 ? 8 : days });
}

function placeDate({ month, day, year }: DateAtom, today: CalendarDay): CalendarDay {
  const passed = month < today.month || (month === today.month && day < today.day);
  const nextYears = calendarDay(today.year + 1, month, 1).plus({ days: day - 1 });
  const isNear = nextYears <= today.plus({ months: MONTHS_AHEAD });
  const meant = year ?? (passed && isNear ? today.year + 1 : today.year);
  const found = calendarDay(meant, month, day);
  if (found.isValid) return found;
  const last = calendarDay(meant, month, 1).endOf('month').startOf('day');
  const neighbours = [last, last.plus({ days: 1 })];
  const inYear = month === 2 && day === 29 ? ` in ${meant}` : '';
  throw new AskBack({
    reason: 'nonexistent-time',
    question:
      `There is no ${last.toFormat('LLLL')} ${day}${inYear}. ` +
      `Do you mean ${sayDays(neighbours, today)}?`,
    days: neighbours.filter((one) => one >= today),
  });
}

/** The next two days with that number, today included. */
export function monthdaysFrom(day: number, today: CalendarDay): CalendarDay[] {
  if (day < 1 || day > 31)
    throw notUnderstood(`No month has a day ${day}. Which day would you like?`);
  const found: CalendarDay[] = [];
  for (let first = today.startOf('month'); found.length < 2; first = first.plus({ months: 1 })) {
    const candidate = calendarDay(first.year, first.month, day);
    if (candidate.isValid && candidate >= today) found.push(candidate);
  }
  return found;
}
