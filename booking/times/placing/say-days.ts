import { lengthOf, type DaySpan } from './day-spans.ts';
import type { CalendarDay } from './local-instants.ts';

/** A week and less is said with its dates, so that the caller can correct a wrong "next week". */
const SAY_DATES_UP_TO_DAYS = 7;

/** "Tuesday, November 24"; the year follows where it is not this year. */
export function sayDay(day: CalendarDay, today: CalendarDay): string {
  return day.toFormat(day.year === today.year ? 'cccc, LLLL d' : 'cccc, LLLL d, yyyy');
}

/** "Tuesday, November 24, or Wednesday, November 25". */
export function sayDays(days: readonly CalendarDay[], today: CalendarDay): string {
  return sayList(
    days.map((day) => sayDay(day, today)),
    ', or',
  );
}

/** "next week, from Monday, November 23 to Sunday, November 29"; what has passed is not said. */
export function saySpan(span: DaySpan, today: CalendarDay): string {
  const first = span.first < today && span.last >= today ? today : span.first;
  const length = lengthOf({ first, last: span.last });
  const last = sayDay(span.last, today);
  const dates = length <= 1 ? last : `${sayDay(first, today)} to ${last}`;
  if (span.words === undefined) return dates;
  if (length > SAY_DATES_UP_TO_DAYS) return span.words;
  return `${span.words}, ${length <= 1 ? '' : 'from '}${dates}`;
}

/** "2:30 PM" for minutes after midnight, those of the day after included. */
export function sayMinutes(minutes: number): string {
  const within = ((minutes % 1440) + 1440) % 1440;
  const hour = Math.floor(within / 60);
  const minute = String(within % 60).padStart(2, '0');
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** "a", "a or b", "a, b or c"; the joint may bring its own comma: "a, or b". */
export function sayList(words: readonly string[], joint: string): string {
  if (words.length < 2) return words.join('');
  const space = joint.startsWith(',') ? '' : ' ';
  return `${words.slice(0, -1).join(', ')}${space}${joint} ${words.at(-1)}`;
}

/** "Is there": the first letter as it begins a sentence. */
export function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
