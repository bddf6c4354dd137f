import type { Interval } from 'luxon';
import { daysOf, isStretch, oneDay, type DaySpan } from './day-spans.ts';
import { dayWindows } from './day-windows.ts';
import { calendarDayAt } from './local-instants.ts';
import { placeDays } from './place-days.ts';
import { placeTimes } from './place-times.ts';
import { saySpan } from './say-days.ts';
import type { Alternative, DayWish, Reading } from './wish.ts';

/** What is not wanted, where it takes something from the windows, and how to say it. */
export function placeExclusions(
  exclusions: readonly Alternative[],
  windows: readonly Interval[],
  reading: Reading,
): readonly { taken: readonly Interval[]; words: string }[] {
  const { timeZone, now } = reading;
  const end = windows.at(-1)?.end?.toMillis() ?? now.getTime();
  const whole = {
    first: calendarDayAt(windows[0]?.start?.toJSDate() ?? now, timeZone),
    // The end is exclusive: midnight belongs to the day it ends.
    last: calendarDayAt(new Date(end - 1), timeZone),
  };
  return exclusions.flatMap(({ days, times }) => {
    const hours = placeTimes(times, reading);
    const { spans, words } = placeExcluded(days, whole, reading);
    const taken = dayWindows(spans, { ...hours, exact: false }, reading);
    const matters = taken.some((one) => windows.some((window) => window.overlaps(one)));
    // No comma between day and time: "not on Tuesday, after three" could want what is after three.
    const said = `${words}${hours.words.replace(/^, /, ' ')}`.trim();
    return matters ? [{ taken, words: said }] : [];
  });
}

function placeExcluded(
  days: readonly DayWish[],
  whole: DaySpan,
  reading: Reading,
): { spans: readonly DaySpan[]; words: string } {
  const [only, more] = days;
  if (only === undefined) return { spans: [whole], words: '' };
  const [atom, beside] = only.atoms;
  const isAlone = more === undefined && beside === undefined && only.until === undefined;
  if (isAlone && only.bound === undefined && atom?.sort === 'weekday' && atom.which === 'plain') {
    // "Not monday" in a stretch of weeks is every Monday in it.
    const found = daysOf(whole, atom.weekday);
    if (found.length > 1)
      return { spans: found.map(oneDay), words: `on ${found[0]?.toFormat('cccc')}s` };
    if (found.length === 1) return saidByDates(found.map(oneDay), reading);
  }
  const plain = days.map((wish) => ({
    ...wish,
    atoms: wish.atoms.map((one) => (one.sort === 'weekday' ? { ...one, repeats: null } : one)),
  }));
  const placed = placeDays(plain, reading);
  return days.some(({ bound }) => bound !== undefined)
    ? placed
    : saidByDates(placed.spans, reading);
}

/** "But not next week, from monday on" would be heard as a wish. */
function saidByDates(spans: readonly DaySpan[], { today }: Reading) {
  const dates = spans.map(({ first, last }) => saySpan({ first, last }, today)).join(' and ');
  const isOne = spans.length === 1 && !spans.some(isStretch);
  return { spans, words: isOne ? `on ${dates}` : dates };
}
