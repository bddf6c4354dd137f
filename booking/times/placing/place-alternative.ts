import { Interval } from 'luxon';
import { AskBack, notUnderstood, type Candidate } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { isStretch, lengthOf, oneDay, openFrom, type DaySpan } from './day-spans.ts';
import { ahead, candidate, dayWindows, exactly } from './day-windows.ts';
import { zoneName } from '../labels.ts';
import { boundary, calendarDayAt, clockMinutesAt, type CalendarDay } from './local-instants.ts';
import { placeDays, type PlacedDays } from './place-days.ts';
import { AROUND_MINUTES, EXACT_MINUTES, placeTimes, WHOLE_DAY } from './place-times.ts';
import type { PlacedTimes } from './place-times.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { Alternative, DayWish, Reading, TimeWish } from './wish.ts';

export interface PlacedAlternative {
  windows: readonly Interval[];
  exact: boolean;
  asked: string;
  /** The last day asked for, to tell "which day" from "which time" once it has passed. */
  last: CalendarDay;
}

/** Windows and words of one alternative, in its zone. Throws AskBack. */
export function placeAlternative(wanted: Alternative, caller: Reading): PlacedAlternative {
  const { fold, timeZone } = wanted;
  const reading = { ...caller, timeZone: timeZone ?? caller.timeZone };
  const { today, now } = reading;
  const instant = wanted.times.find((time) => time.sort === 'instant');
  if (instant !== undefined) return placeInstant(instant, wanted, reading);
  const spoken = placeTimes(timesOf(wanted, reading), reading);
  const zone = timeZone === null || spoken.words === '' ? '' : ` ${zoneName(timeZone, now)}`;
  const times = { ...spoken, words: `${spoken.words}${zone}` };
  const { spans, limits, words } = placeOrAsk(wanted, times, reading);
  if (wanted.latest) throw howLate(spans, reading);
  // Midnight at the end of a day, and an hour later than 11:30 PM, belong to another day.
  const later = { days: times.exact ? Math.floor((times.windows[0]?.from ?? 0) / 1440) : 0 };
  const first = spans[0]?.first ?? today;
  const said = later.days === 0 ? words : sayDay(first.plus(later), today);
  const windows = limits.reduce<readonly Interval[]>(
    (left, { side, day, minutes }) => {
      if (minutes === null) return left;
      const at = boundary(day, minutes, reading.timeZone, side);
      const open =
        side === 'from' ? Interval.after(at, { years: 9 }) : Interval.before(at, { years: 9 });
      return left.flatMap((window) => window.intersection(open) ?? []);
    },
    dayWindows(spans, times, reading, fold),
  );
  const clocks = limits.flatMap(({ minutes }) =>
    minutes === null ? [] : ` at ${sayMinutes(minutes)}`,
  );
  const change = fold === null ? '' : `, ${fold === 0 ? 'before' : 'after'} the clocks go back`;
  return {
    windows: ahead(windows, times.exact, now),
    exact: times.exact,
    asked: `${said}${clocks.join('')}${times.words}${change}`,
    last: spans.reduce((last, span) => (span.last > last ? span.last : last), first).plus(later),
  };
}

function placeInstant(
  { at, how }: Extract<TimeWish, { sort: 'instant' }>,
  { days, times }: Alternative,
  { now, timeZone, today }: Reading,
): PlacedAlternative {
  if (days.length > 0 || times.length > 1) throw notUnderstood();
  const last = calendarDayAt(at, timeZone);
  const day = sayDay(last, today);
  const clock = sayMinutes(clockMinutesAt(at, timeZone));
  const { window, asked } = {
    at: { window: exactly(at), asked: `${day} at ${clock}` },
    around: {
      window: Interval.before(at, { minutes: AROUND_MINUTES }).union(
        Interval.after(at, { minutes: AROUND_MINUTES + EXACT_MINUTES }),
      ),
      asked: `${day}, around ${clock}`,
    },
    by: { window: Interval.fromDateTimes(now, at), asked: `by ${day} at ${clock}` },
  }[how];
  return { windows: ahead([window], how === 'at', now), exact: how === 'at', asked, last };
}

function placeOrAsk(wanted: Alternative, times: PlacedTimes, reading: Reading): PlacedDays {
  try {
    const days = sameDayOfWeek(wanted, reading);
    return days.length > 0 ? placeDays(days, reading) : defaultDays(wanted, times, reading);
  } catch (error) {
    if (!(error instanceof AskBack)) throw error;
    // Whole days where the time has two readings.
    const other = placeTimes(wanted.times, { ...reading, side: reading.side === 0 ? 1 : 0 });
    const isSure = times.words.startsWith(other.words);
    const candidates = error.days.flatMap((day) =>
      candidatesOn(day, isSure ? times : WHOLE_DAY, reading),
    );
    throw new AskBack({
      reason: error.reason,
      question: error.message,
      candidates: [...error.candidates, ...candidates],
    });
  }
}

/** These times on a day the caller may have meant; none where they have passed or do not exist. */
export function candidatesOn(
  day: CalendarDay,
  times: PlacedTimes,
  reading: Reading,
): readonly Candidate[] {
  const asked = `${sayDay(day, reading.today)}${times.words}`;
  try {
    const windows = ahead(dayWindows([oneDay(day)], times, reading), times.exact, reading.now);
    return Interval.merge(windows).map((window) => candidate(window, asked));
  } catch (error) {
    if (error instanceof AskBack) return [];
    throw error;
  }
}

/** "Same time next week" keeps the weekday too, and a week after the appointment at the least. */
function sameDayOfWeek({ days, times }: Alternative, { previous }: Reading): readonly DayWish[] {
  const [atom, more] = days.length === 1 ? (days[0]?.atoms ?? []) : [];
  if (previous === null || more !== undefined || atom?.sort !== 'span') return days;
  if (!times.some(({ sort }) => sort === 'same') || lengthOf(atom.span) !== 7) return days;
  const sameWeekday = atom.span.first.plus({ days: previous.day.weekday - 1 });
  const day = sameWeekday > previous.day ? sameWeekday : previous.day.plus({ days: 7 });
  return [{ atoms: [{ sort: 'span', span: oneDay(day) }] }];
}

/** Words that lean on the appointment talked about last need one, or a day to stand alone. */
function timesOf({ days, times }: Alternative, { previous }: Reading): readonly TimeWish[] {
  const isVague = ({ sort }: TimeWish): boolean => sort === 'later' || sort === 'earlier';
  if (previous !== null) {
    const isOther = days.some(({ atoms }) =>
      atoms.some((atom) => atom.sort !== 'span' || !atom.span.first.equals(previous.day)),
    );
    return isOther ? times.filter((time) => !isVague(time)) : times;
  }
  const isAlone = days.length === 0 && times.length > 0 && times.every(isVague);
  if (!isAlone && !times.some(({ sort }) => sort === 'same')) return times;
  throw notUnderstood(
    'I do not know which appointment you compare that with. Which day and time would you like?',
  );
}

/**
 * Days for a time without one. The appointment talked about last gives its day; otherwise a clock
 * time is the next time the clock shows it, and everything else is looked for in two weeks.
 */
function defaultDays(
  { open, fold }: Alternative,
  times: PlacedTimes,
  reading: Reading,
): PlacedDays {
  const { today, previous, now } = reading;
  const ofDay = (day: CalendarDay): PlacedDays => ({
    spans: [oneDay(day)],
    limits: [],
    words: sayDay(day, today),
  });
  if (open === null && previous !== null && previous.day >= today) return ofDay(previous.day);
  if (open === null && times.exact) {
    const left = ahead(dayWindows([oneDay(today)], times, reading, fold), true, now);
    return ofDay(left.length > 0 ? today : today.plus({ days: 1 }));
  }
  const words = open === 'soonest' ? 'as soon as possible' : 'any day in the next two weeks';
  return { spans: [openFrom(today)], limits: [], words };
}

/** "The last slot on friday": no range says "as late as possible", so the day's ends are named. */
function howLate(spans: readonly DaySpan[], reading: Reading): AskBack {
  const [span, more] = spans;
  if (span === undefined || more !== undefined || isStretch(span))
    return notUnderstood('How late may it be, and on which day?');
  const candidates = (['late afternoon', 'evening'] as const).flatMap((part) => {
    const words = `, ${DAY_PARTS[part].words}`;
    return candidatesOn(span.first, { windows: [DAY_PARTS[part]], exact: false, words }, reading);
  });
  const named = candidates.map(({ asked }) => asked).join(', or ');
  const question = `How late? Do you mean ${named}?`;
  return new AskBack({ reason: 'not-understood', question, candidates });
}
