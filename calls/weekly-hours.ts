/** When somebody is there, week by week, in a zone that is known elsewhere. */
export interface WeeklySpan {
  /** Of the week's days from Monday (0) on: the first and the last; Saturday to Monday is one, too. */
  from: number;
  to: number;
  /** Minutes after midnight. */
  opens: number;
  /** Later on the same day; 1440 is its end. */
  closes: number;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SPAN =
  /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\s*-\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*)?\s+(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?$/;
const DAY_MINUTES = 24 * 60;
const MOST_SPANS = 21;

/** What to write for them; it reads after "transferHours: ". */
export const HOURS_WANTED =
  'must be days and hours from 00:00 to 24:00, such as "Mon-Fri 09:00-18:00, Sat 09:00-12:00"';

/** Reads "Mon-Fri 09:00-18:00, Sat 9-12"; null where that is not what it says. */
export function readWeeklyHours(text: string): WeeklySpan[] | null {
  const parts = text.split(/[,;\n]/).map((part) => part.trim().toLowerCase());
  if (parts.length > MOST_SPANS) return null;
  const spans = parts.map(readSpan);
  return spans.every((span) => span !== null) ? spans : null;
}

/** The same in one way of writing. */
export function writeWeeklyHours(spans: readonly WeeklySpan[]): string {
  return spans
    .map(({ from, to, opens, closes }) => {
      const days = from === to ? dayName(from) : `${dayName(from)}-${dayName(to)}`;
      return `${days} ${writeTime(opens)}-${writeTime(closes)}`;
    })
    .join(', ');
}

/** Whether an instant is within the hours, as clocks in the zone show it. */
export function isWithin(
  spans: readonly WeeklySpan[],
  { at, timeZone }: { at: Date; timeZone: string },
): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  const day = DAYS.indexOf(part('weekday').toLowerCase());
  const minute = Number(part('hour')) * 60 + Number(part('minute'));
  return spans.some(
    ({ from, to, opens, closes }) =>
      (day - from + 7) % 7 <= (to - from + 7) % 7 && opens <= minute && minute < closes,
  );
}

function readSpan(text: string): WeeklySpan | null {
  const [, first = '', last = first, hour = '', minute = '0', until = '', untilMinute = '0'] =
    SPAN.exec(text) ?? [];
  if (first === '') return null;
  const [opens, closes] = [toMinutes(hour, minute), toMinutes(until, untilMinute)];
  if (opens === null || closes === null || opens >= closes) return null;
  return { from: DAYS.indexOf(first), to: DAYS.indexOf(last), opens, closes };
}

function toMinutes(hour: string, minute: string): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : null;
}

function dayName(day: number): string {
  const name = DAYS[day] ?? '';
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function writeTime(minutes: number): string {
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
