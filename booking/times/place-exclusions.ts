import { oneDay, weekdaysWithin } from './day-spans.ts';
import { dayWindows, type Window, type WishContext } from './day-windows.ts';
import { calendarDayAt } from './local-instants.ts';
import { placeDays } from './place-days.ts';
import { placeTimes } from './place-times.ts';
import { sayDay, saySpan } from './say-days.ts';
import type { Alternative, DaySpan } from './wish.ts';

/** What is not wanted, where it takes something from the windows, and how to say it. */
export function placeExclusions(
  exclusions: readonly Alternative[],
  windows: readonly Window[],
  context: WishContext,
): { taken: readonly Window[]; words: readonly string[] } {
  const { timeZone, now, reading, side } = context;
  const first = calendarDayAt(windows[0]?.from ?? now, timeZone);
  // `to` is exclusive: midnight belongs to the day it ends.
  const last = calendarDayAt(new Date((windows.at(-1)?.to ?? now).getTime() - 1), timeZone);
  const placed = exclusions.flatMap((one) => {
    const times = placeTimes(one.times, reading, side);
    const days = placeExcluded(one, { first, last }, context);
    const minutes = times.windows.map((window) => ({ ...window, exact: false }));
    const gone = dayWindows(days.spans, minutes, context);
    const matters = gone.some(({ from, to }) =>
      windows.some((window) => from < window.to && window.from < to),
    );
    // No comma between day and time: "not on Tuesday, after three" could want what is after three.
    const words = `${days.words}${times.words.replace(/^, /, ' ')}`.replace(/^,? /, '');
    return matters ? [{ gone, words }] : [];
  });
  return { taken: placed.flatMap(({ gone }) => gone), words: placed.map(({ words }) => words) };
}

function placeExcluded(
  { days }: Alternative,
  whole: DaySpan,
  { reading }: WishContext,
): { spans: readonly DaySpan[]; words: string } {
  const { today } = reading;
  const [only] = days;
  if (only === undefined) return { spans: [whole], words: '' };
  const [atom, more] = only.until === undefined && only.bound === undefined ? only.atoms : [];
  if (
    days.length === 1 &&
    more === undefined &&
    atom?.sort === 'weekday' &&
    atom.which === 'plain'
  ) {
    // "Not monday" in a stretch of weeks is every Monday in it.
    const found = weekdaysWithin(whole, atom.weekday);
    const [day] = found;
    if (found.length > 1)
      return { spans: found.map(oneDay), words: `on ${day?.toFormat('cccc')}s` };
    if (day !== undefined) return { spans: [oneDay(day)], words: `on ${sayDay(day, today)}` };
  }
  const plain = days.map((wish) => ({
    ...wish,
    atoms: wish.atoms.map((one) => (one.sort === 'weekday' ? { ...one, repeats: null } : one)),
  }));
  const placed = placeDays(plain, today);
  if (days.some(({ bound }) => bound !== undefined)) return placed;
  // By its dates: "but not next week, from monday on" would be heard as a wish.
  const words = placed.spans
    .map((span) => saySpan({ first: span.first, last: span.last }, today))
    .join(' and ');
  const [span] = placed.spans;
  const single = placed.spans.length === 1 && span?.first.equals(span.last) === true;
  return { spans: placed.spans, words: single ? `on ${words}` : words };
}
