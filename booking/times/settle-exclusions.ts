import { dayWindows, type Window, type WishContext } from './day-windows.ts';
import { oneDay, weekdaysWithin } from './day-spans.ts';
import { calendarDayAt, type CalendarDay } from './local-instants.ts';
import { sayDay, saySpan } from './say-days.ts';
import { settleDayWishes, type SettledDays } from './settle-day-wishes.ts';
import { settleTimes } from './settle-times.ts';
import type { DaySpan } from './items.ts';
import type { Alternative } from './wish.ts';

/** What is not wanted, where it takes something from the windows, and how to say it. */
export function settleExclusions(
  exclusions: readonly Alternative[],
  windows: readonly Window[],
  context: WishContext,
): { taken: Window[]; words: string[] } {
  const { reading, today, timeZone, halfDay } = context;
  const whole: DaySpan = {
    first: calendarDayAt(windows[0]?.from ?? context.now, timeZone),
    // `to` is exclusive: midnight belongs to the day it ends.
    last: calendarDayAt(new Date((windows.at(-1)?.to ?? context.now).getTime() - 1), timeZone),
  };
  const taken: Window[] = [];
  const words: string[] = [];
  for (const { days, times } of exclusions) {
    const settled = settleTimes(times, reading, halfDay);
    const [only] = days;
    const atom =
      only?.atoms.length === 1 && only.until === undefined && only.bound === undefined
        ? only.atoms[0]
        : undefined;
    // "not monday" in a stretch of weeks is every Monday in it.
    const repeated =
      atom?.sort === 'weekday' && atom.which === 'plain' ? weekdaysWithin(whole, atom.weekday) : [];
    const excluded: SettledDays =
      days.length === 0
        ? { spans: [whole], limits: [], words: '' }
        : repeated.length > 1
          ? {
              spans: repeated.map(oneDay),
              limits: [],
              words: `on ${repeated[0]?.toFormat('cccc')}s`,
            }
          : repeated[0] !== undefined
            ? {
                spans: [oneDay(repeated[0])],
                limits: [],
                words: `on ${sayDay(repeated[0], today)}`,
              }
            : dated(
                settleDayWishes(days, today),
                days.some(({ bound }) => bound !== undefined),
                today,
              );
    const minutes = settled.windows.map((one) => ({ ...one, exact: false }));
    const gone = dayWindows(excluded.spans, minutes, context);
    const matters = gone.some(({ from, to }) =>
      windows.some((one) => from < one.to && one.from < to),
    );
    if (!matters) continue;
    taken.push(...gone);
    // No comma between day and time: "not on Tuesday, after three" could want what is after three.
    words.push(`${excluded.words}${settled.words.replace(/^, /, ' ')}`.replace(/^,? /, ''));
  }
  return { taken, words };
}

/** By its dates: "but not next week, from monday on" would be heard as a wish. */
function dated(days: SettledDays, bounded: boolean, today: CalendarDay): SettledDays {
  if (bounded) return days;
  const words = days.spans.map(({ first, last }) => saySpan({ first, last }, today)).join(' and ');
  const [span] = days.spans;
  const single = days.spans.length === 1 && span?.first.equals(span.last) === true;
  return { ...days, words: single ? `on ${words}` : words };
}
