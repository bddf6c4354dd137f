import { AskBack, notUnderstood, type Candidate } from './ask-back.ts';
import { DAY_PARTS } from './day-parts.ts';
import { lengthOf, oneDay, OPEN_DAYS } from './day-spans.ts';
import {
  dayWindows,
  mergeWindows,
  type PlacedAlternative,
  type Window,
  type WishContext,
} from './day-windows.ts';
import { onDay } from './items.ts';
import { zoneName } from './labels.ts';
import { boundary, localInstants, type CalendarDay } from './local-instants.ts';
import { placeDays, type PlacedDays } from './place-days.ts';
import { placeFromNow } from './place-from-now.ts';
import { minutesOf, placeTimes, type PlacedTimes } from './place-times.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { Alternative, DaySpan, Reading } from './wish.ts';

/** Words and windows of one alternative, in its zone. Throws AskBack. */
export function placeAlternative(alternative: Alternative, caller: WishContext): PlacedAlternative {
  const { reading, side } = caller;
  const { today } = reading;
  const { fold, timeZone = caller.timeZone } = alternative;
  const fromNow = placeFromNow(alternative, caller);
  if (fromNow !== null) return fromNow;
  const context: WishContext = { ...caller, timeZone, ...(fold === undefined ? {} : { fold }) };
  const times = placeTimes(needed(alternative, reading), reading, side);
  const zone =
    alternative.timeZone === undefined || times.words === ''
      ? ''
      : ` ${zoneName(timeZone, caller.now)}`;
  const days = placeOrAsk(alternative, times, zone, context);
  if (alternative.latest === true) throw howLate(days.spans, context);
  const moved = spillOver(days.spans, times);
  const windows = limited(dayWindows(moved.spans, moved.windows, context), days, context);
  const words =
    moved.spans === days.spans ? days.words : sayDay(moved.spans[0]?.first ?? today, today);
  const limits = days.limits
    .map(({ clock }) => ` at ${sayMinutes(minutesOf(clock, null, side))}`)
    .join('');
  const change =
    fold === undefined ? '' : `, ${fold === 0 ? 'before' : 'after'} the clocks go back`;
  const last = moved.spans.reduce(
    (latest, span) => (span.last > latest ? span.last : latest),
    moved.spans[0]?.last ?? today,
  );
  return { windows, asked: `${words}${limits}${times.words}${zone}${change}`, last };
}

function placeOrAsk(
  alternative: Alternative,
  times: PlacedTimes,
  zone: string,
  context: WishContext,
): PlacedDays {
  const { reading } = context;
  try {
    const days = sameDayOfWeek(alternative, reading);
    return days.length > 0
      ? placeDays(days, reading.today)
      : defaultDays(alternative, times, context);
  } catch (error) {
    throw error instanceof AskBack ? withCandidates(error, alternative, zone, context) : error;
  }
}

/** "Same time next week" keeps the weekday too, and a week after the appointment at the least. */
function sameDayOfWeek({ days, times }: Alternative, { previous }: Reading): Alternative['days'] {
  const [atom, more] = days.length === 1 ? (days[0]?.atoms ?? []) : [];
  if (previous === null || more !== undefined || atom?.sort !== 'span') return days;
  if (!times.some(({ sort }) => sort === 'same') || lengthOf(atom.span) !== 7) return days;
  const sameWeekday = atom.span.first.plus({ days: previous.day.weekday - 1 });
  return [
    { atoms: [onDay(sameWeekday > previous.day ? sameWeekday : previous.day.plus({ days: 7 }))] },
  ];
}

/** Words that lean on the appointment talked about last need one, or a day to stand alone. */
function needed({ days, times }: Alternative, { previous }: Reading): Alternative['times'] {
  const isVague = ({ sort }: Alternative['times'][number]): boolean =>
    sort === 'later' || sort === 'earlier';
  if (previous !== null) {
    const isOther = days.some(({ atoms }) =>
      atoms.some((atom) => atom.sort !== 'span' || !atom.span.first.equals(previous.day)),
    );
    return isOther ? times.filter((time) => !isVague(time)) : times;
  }
  const vague = days.length === 0 && times.length > 0 && times.every(isVague);
  if (!vague && !times.some(({ sort }) => sort === 'same')) return times;
  throw notUnderstood(
    'I do not know which appointment you compare that with. Which day and time would you like?',
  );
}

/**
 * Days for a time without one. The appointment talked about last gives its day; otherwise a clock
 * time is the next time the clock shows it, and everything else is looked for in OPEN_DAYS days.
 */
function defaultDays(
  { open }: Alternative,
  times: PlacedTimes,
  { reading, now, timeZone }: WishContext,
): PlacedDays {
  const { today, previous } = reading;
  const ofDay = (day: CalendarDay): PlacedDays => ({
    spans: [oneDay(day)],
    limits: [],
    words: sayDay(day, today),
  });
  if (open === null && previous !== null && previous.day >= today) return ofDay(previous.day);
  if (times.windows[0]?.exact === true && open === null) {
    const shows = ({ from }: { from: number }): boolean =>
      [localInstants(today, from, timeZone)].some(({ instants, neighbours }) =>
        [...instants, ...neighbours].some((at) => at >= now),
      );
    return ofDay(times.windows.some(shows) ? today : today.plus({ days: 1 }));
  }
  const words = open === 'soonest' ? 'as soon as possible' : 'any day in the next two weeks';
  return {
    spans: [{ first: today, last: today.plus({ days: OPEN_DAYS - 1 }) }],
    limits: [],
    words,
  };
}

/** Midnight at the end of a day, and an hour later than 11:30 PM, belong to the next day. */
function spillOver(
  spans: readonly DaySpan[],
  { windows }: PlacedTimes,
): { spans: readonly DaySpan[]; windows: PlacedTimes['windows'] } {
  const [window, more] = windows;
  const days = Math.floor((window?.from ?? 0) / 1440);
  if (window === undefined || more !== undefined || !window.exact || days === 0)
    return { spans, windows };
  return {
    spans: spans.map(({ first, last }) => ({
      first: first.plus({ days }),
      last: last.plus({ days }),
    })),
    windows: [{ ...window, from: window.from - days * 1440, to: window.to - days * 1440 }],
  };
}

function limited(
  windows: readonly Window[],
  { limits }: PlacedDays,
  context: WishContext,
): readonly Window[] {
  return limits.reduce((left, { side, day, clock }) => {
    const at = boundary(day, minutesOf(clock, null, context.side), context.timeZone, side);
    const clipped = left.map((window) =>
      side === 'from'
        ? { ...window, from: window.from < at ? at : window.from }
        : { ...window, to: window.to > at ? at : window.to },
    );
    return clipped.filter(({ from, to }) => from < to);
  }, windows);
}

/** "The last slot on friday": no range says "as late as possible", so the ends of the day are named. */
function howLate(spans: readonly DaySpan[], context: WishContext): AskBack {
  const [span, more] = spans;
  if (span === undefined || more !== undefined || !span.first.equals(span.last))
    return notUnderstood('How late may it be, and on which day?');
  const candidates = (['late afternoon', 'evening'] as const).flatMap((part) => {
    const asked = `${sayDay(span.first, context.reading.today)}, ${DAY_PARTS[part].words}`;
    return windowsOf(span.first, [{ ...DAY_PARTS[part], exact: false }], context).map(
      ({ from, to }): Candidate => ({ from, to, asked }),
    );
  });
  const named = candidates.map(({ asked }) => asked).join(', or ');
  return new AskBack({
    reason: 'not-understood',
    question: `How late? Do you mean ${named}?`,
    candidates,
  });
}

/** The spoken time on each of the days the caller may have meant; whole days where it has two readings. */
function withCandidates(
  error: AskBack,
  { times }: Alternative,
  zone: string,
  context: WishContext,
): AskBack {
  const { reading } = context;
  const [first, second] = (['first', 'second'] as const).map((side) =>
    placeTimes(times, reading, side),
  );
  const sure = first !== undefined && first.words === second?.words;
  const spoken = sure ? first : { windows: [{ from: 0, to: 1440, exact: false }], words: '' };
  const candidates = error.days.flatMap((day) => {
    const asked = `${sayDay(day, reading.today)}${spoken.words}${spoken.words === '' ? '' : zone}`;
    return windowsOf(day, spoken.windows, context).map(({ from, to }): Candidate => ({
      from,
      to,
      asked,
    }));
  });
  return new AskBack({
    reason: error.reason,
    question: error.message,
    candidates: [...error.candidates, ...candidates],
  });
}

function windowsOf(
  day: CalendarDay,
  minutes: PlacedTimes['windows'],
  context: WishContext,
): readonly Window[] {
  try {
    return mergeWindows(dayWindows([oneDay(day)], minutes, context), context.now);
  } catch {
    return [];
  }
}
