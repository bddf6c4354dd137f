import { AskBack } from './ask-back.ts';
import { oneDay, OPEN_DAYS } from './day-spans.ts';
import { calendarDay, type CalendarDay } from './local-instants.ts';
import { sayDay, sayList } from './say-days.ts';
import type { DayAtom, DaySpan, WeekdayAtom } from './wish.ts';

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
export function placeDay(atom: DayAtom, today: CalendarDay): DaySpan {
  switch (atom.sort) {
    case 'span':
      return atom.span;
    case 'either':
      return placeDay(atom.atoms[0], today);
    case 'weekday':
      return oneDay(placeWeekday(atom, today).plus({ weeks: atom.weeks }));
    case 'date':
      return oneDay(placeDate(atom, today));
    case 'monthday':
      return oneDay(monthdaysFrom(atom.day, today)[0] ?? today);
    case 'workdays':
      return { first: today, last: today.plus({ days: OPEN_DAYS - 1 }) };
  }
}

function placeWeekday({ weekday, which }: WeekdayAtom, today: CalendarDay): CalendarDay {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (which === 'past') return today.minus({ days: (today.weekday - weekday + 7) % 7 || 7 });
  if (which === 'this') return today.plus({ days: ahead });
  if (which === 'plain') return today.plus({ days: ahead === 0 ? 7 : ahead });
  const days = 7 - today.weekday + weekday;
  return today.plus({ days: days === 1 ? 8 : days });
}

function placeDate(
  date: { month: number; day: number; year: number | null },
  today: CalendarDay,
): CalendarDay {
  const { month, day } = date;
  const inYear = (year: number): CalendarDay => calendarDay(year, month, 1);
  const nearest = (year: number): CalendarDay =>
    inYear(year).set({ day: Math.min(day, inYear(year).daysInMonth ?? day) });
  const passed = month < today.month || (month === today.month && day < today.day);
  const reach = nearest(today.year + 1) <= today.plus({ months: MONTHS_AHEAD });
  const first = inYear(date.year ?? (passed && reach ? today.year + 1 : today.year));
  const length = first.daysInMonth ?? 0;
  if (day >= 1 && day <= length) return first.set({ day });
  const last = first.set({ day: length });
  const neighbours = [last, last.plus({ days: 1 })];
  const named = sayList(
    neighbours.map((one) => sayDay(one, today)),
    ', or',
  );
  throw new AskBack({
    reason: 'nonexistent-time',
    question: `There is no ${first.toFormat('LLLL')} ${day}${month === 2 && day === 29 ? ` in ${first.year}` : ''}. Do you mean ${named}?`,
    days: neighbours.filter((one) => one >= today),
  });
}

/** The next two days with that number, today included. */
export function monthdaysFrom(day: number, today: CalendarDay): CalendarDay[] {
  if (day < 1 || day > 31)
    throw new AskBack({
      reason: 'not-understood',
      question: `No month has a day ${day}. Which day would you like?`,
    });
  const found: CalendarDay[] = [];
  for (let first = today.startOf('month'); found.length < 2; first = first.plus({ months: 1 })) {
    const candidate = first.set({ day: Math.min(day, first.daysInMonth ?? day) });
    if (candidate.day === day && candidate >= today) found.push(candidate);
  }
  return found;
}
