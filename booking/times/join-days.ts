import { AskBack, notUnderstood } from './ask-back.ts';
import { lengthOf, stretchOf, weekdaysWithin } from './day-spans.ts';
import { onDay } from './items.ts';
import type { CalendarDay } from './local-instants.ts';
import { monthdaysFrom, placeDay } from './place-day.ts';
import { sayDay, sayList } from './say-days.ts';
import type { DayAtom, DaySpan } from './wish.ts';

type Dated = Extract<DayAtom, { sort: 'date' | 'monthday' }>;

/**
 * Two atoms spoken side by side as one day or stretch: "tuesday november 24", "monday next week".
 * Null where they name different things and both are wanted ("monday, wednesday").
 * Throws AskBack where weekday and date disagree.
 */
export function joinDays(
  one: DayAtom,
  other: DayAtom,
  today: CalendarDay,
): readonly DayAtom[] | null {
  const isNamed = ({ sort }: DayAtom): boolean => sort === 'weekday' || sort === 'workdays';
  if (isNamed(other)) return isNamed(one) ? null : joinDays(other, one, today);
  if (one.sort === 'workdays')
    return other.sort === 'span' ? workdaysWithin(other.span, one) : null;
  if (one.sort === 'weekday') return joinWeekday(one, other, today);
  if (one.sort === 'span' && other.sort === 'span') return joinSpans(one.span, other.span);
  if (one.sort === 'span' && isDated(other)) return [joinDate(one.span, other, today)];
  return other.sort === 'span' && isDated(one) ? [joinDate(other.span, one, today)] : null;
}

function isDated(atom: DayAtom): atom is Dated {
  return atom.sort === 'date' || atom.sort === 'monthday';
}

/** "Monday next week" is within the stretch; "tuesday the 24th" has to be one day. */
function joinWeekday(
  one: Extract<DayAtom, { sort: 'weekday' }>,
  other: DayAtom,
  today: CalendarDay,
): readonly DayAtom[] | null {
  if (other.sort === 'span' && (other.span.weekOf === true || other.span.first < other.span.last)) {
    const within = other.span.weekOf === true ? stretchOf('week', other.span.first) : other.span;
    const lasting = within.last < today || lengthOf(within) <= 7;
    const days = weekdaysWithin(within, one.weekday).filter((day) => day >= today || lasting);
    return days.length === 0 ? null : days.map((day) => onDay(day));
  }
  return [checkWeekday(one.weekday, other, today)];
}

function checkWeekday(weekday: number, date: DayAtom, today: CalendarDay): DayAtom {
  const day = placeDay(date, today).first;
  if (day.weekday === weekday || day < today) return onDay(day);
  const forwards = day.plus({ days: (weekday - day.weekday + 7) % 7 });
  const backwards = forwards.minus({ days: 7 });
  const back = day.diff(backwards) < forwards.diff(day) && backwards >= today;
  const following = date.sort === 'monthday' ? monthdaysFrom(date.day, today)[1] : undefined;
  const days = [
    day,
    back ? backwards : forwards,
    ...(following?.weekday === weekday ? [following] : []),
  ];
  const named = sayList(
    days.map((one) => sayDay(one, today)),
    ', or',
  );
  const said = sayDay(day, today).replace(/^\w+, /, '');
  throw new AskBack({
    reason: 'weekday-date-mismatch',
    question: `${said} is a ${day.toFormat('cccc')}, not a ${forwards.toFormat('cccc')}. Do you mean ${named}?`,
    days,
  });
}

/** "June next year": a stretch within another is the one that is meant. */
function joinSpans(one: DaySpan, other: DaySpan): readonly DayAtom[] | null {
  const within = (inner: DaySpan, outer: DaySpan): boolean =>
    outer.first < outer.last && inner.first >= outer.first && inner.last <= outer.last;
  if (within(other, one)) return [{ sort: 'span', span: other }];
  return within(one, other) ? [{ sort: 'span', span: one }] : null;
}

/** "The 24th, next month": the day with that number inside the stretch. */
function joinDate(span: DaySpan, date: Dated, today: CalendarDay): DayAtom {
  if (date.sort === 'monthday' && span.first < span.last) {
    for (let day = span.first; day <= span.last; day = day.plus({ days: 1 }))
      if (day.day === date.day) return onDay(day);
  } else {
    const day = placeDay(date, today).first;
    if (day >= span.first && day <= span.last) return onDay(day);
    if (span.first.equals(span.last))
      throw new AskBack({
        reason: 'weekday-date-mismatch',
        question: `Do you mean ${sayDay(span.first, today)}, or ${sayDay(day, today)}?`,
        days: [span.first, day].filter((one) => one >= today),
      });
  }
  throw notUnderstood('That day is not in the time you named. Which day would you like?');
}

export function workdaysWithin(
  span: DaySpan,
  { weekend }: { weekend: boolean },
): readonly DayAtom[] {
  const days: DayAtom[] = [];
  for (let day = span.first; day <= span.last; day = day.plus({ days: 1 }))
    if (day.weekday > 5 === weekend) days.push(onDay(day));
  return days;
}
