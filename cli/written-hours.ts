import { InvalidArgumentError } from 'commander';
import type { Availability, WorkingRange } from '../calendar/slots/availability.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKLY = 'It must be such as "mon-fri 9:00-12:00 13:00-17:00; sat 10:00-14:00".';
const OVERRIDES = 'It must be such as "2026-12-24 9:00-12:00; 2026-12-25 closed".';

/** "mon-fri 9:00-12:00 13:00-17:00; sat 10:00-14:00": what is not named is closed. */
export function toWeeklyHours(text: string): Availability['weekly'] {
  const weekly: Partial<Record<string, WorkingRange[]>> = {};
  for (const [days, ...ranges] of partsOf(text)) {
    for (const day of daysOf(days ?? '')) {
      if (weekly[day]) throw new InvalidArgumentError(`A weekday is named twice. ${WEEKLY}`);
      weekly[day] = ranges.map((range) => toRange(range, WEEKLY));
    }
  }
  return weekly;
}

/** "2026-12-24 9:00-12:00; 2026-12-25 closed": in the place of the weekday's hours; `none` for none. */
export function toOverrides(text: string): Availability['overrides'] {
  const overrides: Availability['overrides'] = {};
  if (text.trim() === 'none') return overrides;
  for (const [date, ...ranges] of partsOf(text)) {
    if (date === undefined || ranges.length === 0 || overrides[date]) {
      throw new InvalidArgumentError(OVERRIDES);
    }
    overrides[date] =
      ranges.join(' ') === 'closed' ? [] : ranges.map((range) => toRange(range, OVERRIDES));
  }
  return overrides;
}

/** "15,60", or `none`. */
export function toDurations(text: string): number[] {
  if (text.trim() === 'none') return [];
  return text.split(',').map((part) => {
    if (!/^\s*\d+\s*$/.test(part)) {
      throw new InvalidArgumentError('It must be minutes with commas between, such as 15,60.');
    }
    return Number(part);
  });
}

function partsOf(text: string): string[][] {
  return text
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .filter(([first]) => first !== '');
}

/** "mon", "mon-fri" or "mon,wed", as ISO's numbers. */
function daysOf(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [first = '', last = first, ...more] = part.toLowerCase().split('-');
    const from = WEEKDAYS.indexOf(first.slice(0, 3));
    const to = WEEKDAYS.indexOf(last.slice(0, 3));
    if (more.length > 0 || from < 0 || to < from) throw new InvalidArgumentError(WEEKLY);
    return WEEKDAYS.slice(from, to + 1).map((_, index) => String(from + index + 1));
  });
}

function toRange(text: string, example: string): WorkingRange {
  const [from, to, ...more] = text.split('-').map(toMinutes);
  if (typeof from === 'number' && typeof to === 'number' && more.length === 0) return [from, to];
  throw new InvalidArgumentError(example);
}

/** "9:30" or "9", to 24:00. */
function toMinutes(text: string): number | null {
  const [, hours, minutes = '0'] = /^(\d{1,2})(?::([0-5]\d))?$/.exec(text) ?? [];
  if (hours === undefined) return null;
  const all = Number(hours) * 60 + Number(minutes);
  return all <= 1_440 ? all : null;
}
