import { AskBack, notUnderstood } from './ask-back.ts';
import { oneDay, OPEN_DAYS, weekdaysWithin } from './day-spans.ts';
import { calendarDay, type CalendarDay } from './local-instants.ts';
import { sayDay } from './say-days.ts';
import type { DayAtom, DaySpan } from './items.ts';

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
export function settleDay(atom: DayAtom, today: CalendarDay): DaySpan {
  switch (atom.sort) {
    case 'span':
      return atom.span;
    case 'weekday':
      return oneDay(settleWeekday(atom.weekday, atom.which, today).plus({ weeks: atom.weeks }));
    case 'date':
      return oneDay(settleDate(atom, today));
    case 'monthday':
      return oneDay(settleMonthday(atom.day, today));
    case 'workdays':
      return { first: today, last: today.plus({ days: OPEN_DAYS - 1 }) };
  }
}

function settleWeekday(
  weekday: number,
  which: 'plain' | 'this' | 'next' | 'past',
  today: CalendarDay,
): CalendarDay {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (which === 'past') return today.minus({ days: (today.weekday - weekday + 7) % 7 || 7 });
  if (which === 'this') return today.plus({ days: ahead });
  if (which === 'plain') return today.plus({ days: ahead === 0 ? 7 : ahead });
  const days = 7 - today.weekday + weekday;
  return today.plus({ days: days === 1 ? 8 : days });
}

function settleDate(
  atom: { month: number; day: number; year: number | null },
  today: CalendarDay,
): CalendarDay {
  const { month, day } = atom;
  const thisYear = atom.year ?? today.year;
  const year =
    atom.year === null &&
    isBeforeToday(thisYear, month, day, today) &&
    withinReach(thisYear + 1, month, day, today)
      ? thisYear + 1
      : thisYear;
  const first = calendarDay(year, month, 1);
  const length = first.daysInMonth ?? 0;
  if (day >= 1 && day <= length) return first.set({ day });
  const neighbours = [first.set({ day: length }), first.set({ day: length }).plus({ days: 1 })];
  throw new AskBack({
    reason: 'nonexistent-time',
    question: `There is no ${first.toFormat('LLLL')} ${day}${month === 2 && day === 29 ? ` in ${year}` : ''}. Do you mean ${neighbours.map((one) => sayDay(one, today)).join(', or ')}?`,
    days: neighbours.filter((one) => one >= today),
  });
}

function isBeforeToday(year: number, month: number, day: number, today: CalendarDay): boolean {
  return month < today.month || (month === today.month && (day < today.day || year < today.year));
}

function withinReach(year: number, month: number, day: number, today: CalendarDay): boolean {
  const first = calendarDay(year, month, 1);
  return (
    first.set({ day: Math.min(day, first.daysInMonth ?? day) }) <=
    today.plus({ months: MONTHS_AHEAD })
  );
}

function settleMonthday(day: number, today: CalendarDay): CalendarDay {
  if (day < 1 || day > 31)
    throw new AskBack({
      reason: 'not-understood',
      question: `No month has a day ${day}. Which day would you like?`,
    });
  return monthdaysFrom(day, today)[0] ?? today;
}

/** The next two days with that number, today included. */
function monthdaysFrom(day: number, today: CalendarDay): CalendarDay[] {
  const found: CalendarDay[] = [];
  for (let first = today.startOf('month'); found.length < 2; first = first.plus({ months: 1 })) {
    const candidate = first.set({ day: Math.min(day, first.daysInMonth ?? day) });
    if (candidate.day === day && candidate >= today) found.push(candidate);
  }
  return found;
}

/**
 * Two atoms spoken side by side as one day or stretch: "tuesday november 24", "monday next week".
 * Null where they name different things and both are wanted ("monday, wednesday").
 * Throws AskBack where weekday and date disagree.
 */
export function joinDays(one: DayAtom, other: DayAtom, today: CalendarDay): DayAtom[] | null {
  if (other.sort === 'weekday' || other.sort === 'workdays') {
    if (one.sort === 'weekday' || one.sort === 'workdays') return null;
    return joinDays(other, one, today);
  }
  if (one.sort === 'workdays' && other.sort === 'span') return workdaysWithin(other.span, one);
  if (one.sort === 'weekday' && other.sort === 'span') {
    const { span } = other;
    if (span.weekOf === true || span.first < span.last) {
      const within =
        span.weekOf === true
          ? { first: span.first.startOf('week'), last: span.first.endOf('week').startOf('day') }
          : span;
      const days = weekdaysWithin(within, one.weekday).filter(
        (day) =>
          day >= today || within.last < today || within.first.plus({ days: 6 }) >= within.last,
      );
      return days.length === 0 ? null : days.map((day) => ({ sort: 'span', span: oneDay(day) }));
    }
  }
  if (one.sort === 'weekday') return [checkWeekday(one, other, today)];
  if (other.sort === 'span' && (one.sort === 'date' || one.sort === 'monthday'))
    return joinDays(other, one, today);
  if (one.sort === 'span' && (other.sort === 'date' || other.sort === 'monthday'))
    return joinDate(one.span, other, today);
  if (one.sort === 'span' && other.sort === 'span') return joinSpans(one.span, other.span);
  return null;
}

/** "June next year": a stretch within another is the one that is meant. */
function joinSpans(one: DaySpan, other: DaySpan): DayAtom[] | null {
  const within = (inner: DaySpan, outer: DaySpan): boolean =>
    outer.first < outer.last && inner.first >= outer.first && inner.last <= outer.last;
  if (within(other, one)) return [{ sort: 'span', span: other }];
  return within(one, other) ? [{ sort: 'span', span: one }] : null;
}

function outside(): AskBack {
  return notUnderstood('That day is not in the time you named. Which day would you like?');
}

function joinDate(span: DaySpan, date: DayAtom, today: CalendarDay): DayAtom[] | null {
  if (date.sort === 'monthday' && span.first < span.last) {
    // "the 24th, next month": the day with that number inside the stretch.
    for (let day = span.first; day <= span.last; day = day.plus({ days: 1 })) {
      if (day.day === date.day) return [{ sort: 'span', span: oneDay(day) }];
    }
    throw outside();
  }
  const settled = settleDay(date, today);
  if (settled.first >= span.first && settled.last <= span.last)
    return [{ sort: 'span', span: settled }];
  if (span.first < span.last) throw outside();
  throw new AskBack({
    reason: 'weekday-date-mismatch',
    question: `Do you mean ${sayDay(span.first, today)}, or ${sayDay(settled.first, today)}?`,
    days: [span.first, settled.first].filter((day) => day >= today),
  });
}

export function workdaysWithin(span: DaySpan, { weekend }: { weekend?: true }): DayAtom[] {
  const days: DayAtom[] = [];
  for (let day = span.first; day <= span.last; day = day.plus({ days: 1 })) {
    if (day.weekday > 5 === (weekend === true)) days.push({ sort: 'span', span: oneDay(day) });
  }
  return days;
}

function checkWeekday(spoken: { weekday: number }, date: DayAtom, today: CalendarDay): DayAtom {
  const day = settleDay(date, today).first;
  if (day.weekday === spoken.weekday || day < today) return { sort: 'span', span: oneDay(day) };
  const forwards = day.plus({ days: (spoken.weekday - day.weekday + 7) % 7 });
  const backwards = forwards.minus({ days: 7 });
  const nearest =
    day.diff(backwards) < forwards.diff(day) && backwards >= today ? backwards : forwards;
  const candidates = [day, nearest];
  const following = date.sort === 'monthday' ? monthdaysFrom(date.day, today)[1] : undefined;
  if (following?.weekday === spoken.weekday) candidates.push(following);
  const named = candidates.map((one) => sayDay(one, today));
  const wrong = forwards.toFormat('cccc');
  throw new AskBack({
    reason: 'weekday-date-mismatch',
    question: `${sayDay(day, today).replace(/^\w+, /, '')} is a ${day.toFormat('cccc')}, not a ${wrong}. Do you mean ${named.slice(0, -1).join(', ')}, or ${named.at(-1)}?`,
    days: candidates,
  });
}
