import { AskBack, notUnderstood } from './ask-back.ts';
import {
  daysOf,
  isStretch,
  lengthOf,
  oneDay,
  stretchOf,
  WEEKEND,
  WORKDAYS,
  type DaySpan,
} from './day-spans.ts';
import { monthdaysFrom, placeDay } from './place-day.ts';
import { sayDay, sayDays } from './say-days.ts';
import type { DayAtom, Reading } from './wish.ts';

/**
 * Two atoms spoken side by side as one day or stretch: "tuesday november 24", "monday next week".
 * Null where they name different things and both are wanted ("monday, wednesday").
 * Throws AskBack where weekday and date disagree.
 */
export function joinDays(
  one: DayAtom,
  other: DayAtom,
  reading: Reading,
): readonly DaySpan[] | null {
  const isNamed = ({ sort }: DayAtom): boolean => sort === 'weekday' || sort === 'workdays';
  const [named, beside] = isNamed(one) ? [one, other] : [other, one];
  if (isNamed(beside)) return null;
  if (named.sort === 'workdays')
    return beside.sort === 'span' ? workdaysWithin(beside.span, named.weekend) : null;
  if (named.sort === 'weekday') {
    const joins = beside.sort === 'span' && (beside.span.weekOf === true || isStretch(beside.span));
    if (joins) return weekdayWithin(named.weekday, beside.span, reading);
    return [checkWeekday(named.weekday, beside, reading)];
  }
  const [span, date] = one.sort === 'span' ? [one.span, other] : [placeDay(other, reading), one];
  if (date.sort === 'span') return joinSpans(span, date.span);
  return one.sort === 'span' || other.sort === 'span' ? [joinDate(span, date, reading)] : null;
}

export function workdaysWithin(span: DaySpan, weekend: boolean): readonly DaySpan[] {
  return daysOf(span, ...(weekend ? WEEKEND : WORKDAYS)).map(oneDay);
}

/** "Monday next week", "tuesday in two weeks". */
function weekdayWithin(
  weekday: number,
  span: DaySpan,
  { today }: Reading,
): readonly DaySpan[] | null {
  const within = span.weekOf === true ? stretchOf('week', span.first) : span;
  const lasting = within.last < today || lengthOf(within) <= 7;
  const days = daysOf(within, weekday).filter((day) => day >= today || lasting);
  return days.length === 0 ? null : days.map(oneDay);
}

/** "Tuesday the 24th" has to be one day. */
function checkWeekday(weekday: number, date: DayAtom, reading: Reading): DaySpan {
  const { today } = reading;
  const day = placeDay(date, reading).first;
  if (day.weekday === weekday || day < today) return oneDay(day);
  const ahead = (weekday - day.weekday + 7) % 7;
  const forwards = day.plus({ days: ahead });
  const backwards = day.plus({ days: ahead - 7 });
  const following = date.sort === 'monthday' ? monthdaysFrom(date.day, today)[1] : undefined;
  const days = [
    day,
    ahead > 3 && backwards >= today ? backwards : forwards,
    ...(following?.weekday === weekday ? [following] : []),
  ];
  const said = day.toFormat(day.year === today.year ? 'LLLL d' : 'LLLL d, yyyy');
  throw new AskBack({
    reason: 'weekday-date-mismatch',
    question:
      `${said} is a ${day.toFormat('cccc')}, not a ${forwards.toFormat('cccc')}. ` +
      `Do you mean ${sayDays(days, today)}?`,
    days,
  });
}

/** "June next year": a stretch within another is the one that is meant. */
function joinSpans(one: DaySpan, other: DaySpan): readonly DaySpan[] | null {
  const isWithin = (inner: DaySpan, outer: DaySpan): boolean =>
    isStretch(outer) && inner.first >= outer.first && inner.last <= outer.last;
  if (isWithin(other, one)) return [other];
  return isWithin(one, other) ? [one] : null;
}

/** "The 24th, next month": the day with that number inside the stretch. */
function joinDate(span: DaySpan, date: DayAtom, reading: Reading): DaySpan {
  const { today } = reading;
  const isNumber = date.sort === 'monthday' && isStretch(span);
  const day = isNumber
    ? daysOf(span).find((one) => one.day === date.day)
    : placeDay(date, reading).first;
  if (day !== undefined && day >= span.first && day <= span.last) return oneDay(day);
  if (day === undefined || isStretch(span))
    throw notUnderstood('That day is not in the time you named. Which day would you like?');
  throw new AskBack({
    reason: 'weekday-date-mismatch',
    question: `Do you mean ${sayDay(span.first, today)}, or ${sayDay(day, today)}?`,
    days: [span.first, day].filter((one) => one >= today),
  });
}
