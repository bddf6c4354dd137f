import { notUnderstood } from './ask-back.ts';
import type { PlacedAlternative, WishContext } from './day-windows.ts';
import { calendarDayAt, clockMinutesAt, type CalendarDay } from './local-instants.ts';
import { AROUND_MINUTES, EXACT_MINUTES } from './place-times.ts';
import { sayDay, sayMinutes } from './say-days.ts';
import type { Alternative } from './wish.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** What is counted from now, or names its own instant; null for all else. Throws AskBack. */
export function placeFromNow(
  { days, times }: Alternative,
  { now, timeZone, reading }: WishContext,
): PlacedAlternative | null {
  const time = times.find(({ sort }) => sort === 'instant' || sort === 'soon' || sort === 'within');
  if (time === undefined) return null;
  if (days.length > 0 || times.length > 1) throw notUnderstood();
  const place = (
    at: number,
    from: number,
    to: number,
    joint: string,
    exact = false,
  ): PlacedAlternative => {
    const shown = new Date(at);
    const day: CalendarDay = calendarDayAt(shown, timeZone);
    const asked = `${sayDay(day, reading.today)}${joint}${sayMinutes(clockMinutesAt(shown, timeZone))}`;
    return { windows: [{ from: new Date(from), to: new Date(to), exact }], asked, last: day };
  };
  if (time.sort === 'instant') {
    const at = time.at.getTime();
    return place(at, at, at + EXACT_MINUTES * MINUTE, ' at ', true);
  }
  if (time.sort === 'within') {
    const to = now.getTime() + time.minutes * MINUTE;
    const placed = place(to, now.getTime(), to, ' at ');
    return { ...placed, asked: `by ${placed.asked}` };
  }
  if (time.sort !== 'soon') return null;
  // Around the next quarter of an hour: people who count hours do not mean minutes.
  const at = Math.ceil((now.getTime() + time.minutes * MINUTE) / QUARTER) * QUARTER;
  return place(
    at,
    at - AROUND_MINUTES * MINUTE,
    at + (AROUND_MINUTES + EXACT_MINUTES) * MINUTE,
    ', around ',
  );
}
