import { DateTime } from 'luxon';
import type { SaidDay } from './day-words.ts';
import type { SaidClock } from './clock-words.ts';
import type { SaidTime } from './said-times.ts';

const DAY = 86_400_000;

/** What a said time is read against. */
interface TimeContext {
  now: Date;
  /** IANA: the caller's. */
  timeZone: string;
}

/** Whether an instant is what was said, in the zone that was named or else in the caller's. */
export function isInstant(said: SaidTime, at: Date, { now, timeZone }: TimeContext): boolean {
  return (said.zone?.zones ?? [timeZone]).some((zone) => {
    const local = DateTime.fromJSDate(at, { zone });
    return isDay(said.day, local, now) && isClock(said.clock, local.hour, local.minute);
  });
}

/** Whether a time is what was mentioned: whatever it names was named, and nothing contradicts it. */
export function agrees(one: SaidTime, other: SaidTime, { now, timeZone }: TimeContext): boolean {
  if (one.clock && other.clock) {
    const { hour, minute, isSure } = other.clock;
    const isSame =
      isClock(one.clock, hour, minute) || (!isSure && isClock(one.clock, (hour + 12) % 24, minute));
    if (!isSame) return false;
  } else if (one.clock) return false;
  if (one.zone && !one.zone.zones.some((zone) => hasSameClock(zone, timeZone, now))) return false;
  const [day, otherDay] = [one.day, other.day].map((said) => inFull(said, now, timeZone));
  if (!day) return true;
  if (!otherDay) return false;
  if (day.weekday !== undefined && otherDay.weekday !== undefined) {
    if (day.weekday !== otherDay.weekday) return false;
  }
  const [date, otherDate] = [day.date, otherDay.date];
  if (!date || !otherDate) return true;
  if (date.day !== otherDate.day) return false;
  return (
    date.month === undefined || otherDate.month === undefined || date.month === otherDate.month
  );
}

/** Whether the clocks of two zones show the same now. */
export function hasSameClock(one: string, other: string, now: Date): boolean {
  const offset = (zone: string): number => DateTime.fromJSDate(now, { zone }).offset;
  return offset(one) === offset(other);
}

/** "Tuesday, November 25", where no November 25 of about now is a Tuesday. */
export function isImpossible({ day }: SaidTime, { now, timeZone }: TimeContext): boolean {
  if (!day) return false;
  const { weekday, date, fromToday } = day;
  if (fromToday !== undefined) {
    const at = DateTime.fromJSDate(now, { zone: timeZone }).plus({ days: fromToday });
    return (
      (weekday !== undefined && at.weekday !== weekday) ||
      (date !== undefined &&
        (at.day !== date.day || (date.month !== undefined && at.month !== date.month)))
    );
  }
  if (weekday === undefined || date === undefined) return false;
  const { month } = date;
  const here = DateTime.fromJSDate(now, { zone: timeZone });
  const months =
    month === undefined
      ? [-1, 0, 1, 2].map((further) => here.startOf('month').plus({ months: further }))
      : [-1, 0, 1, 2].map((further) => here.set({ year: here.year + further, month, day: 1 }));
  return !months.some((first) => {
    const at = first.set({ day: date.day });
    if (at.day !== date.day || at.weekday !== weekday) return false;
    if (date.year !== undefined && at.year !== date.year) return false;
    const away = at.toMillis() - here.toMillis();
    return date.year !== undefined || (away > -120 * DAY && away < 366 * DAY);
  });
}

function isDay(said: SaidDay | null, local: DateTime, now: Date): boolean {
  if (!said) return true;
  const { weekday, date, fromToday } = said;
  if (weekday !== undefined && local.weekday !== weekday) return false;
  if (date) {
    if (local.day !== date.day) return false;
    if (date.month !== undefined && local.month !== date.month) return false;
    if (date.year !== undefined && local.year !== date.year) return false;
  }
  if (fromToday === undefined) return true;
  const day = DateTime.fromJSDate(now, { zone: local.zoneName ?? 'UTC' }).plus({ days: fromToday });
  return day.hasSame(local, 'day');
}

function isClock(said: SaidClock | null, hour: number, minute: number): boolean {
  if (!said) return true;
  if (said.minute !== minute) return false;
  return said.hour === hour || (!said.isSure && (said.hour + 12) % 24 === hour);
}

function inFull(said: SaidDay | null, now: Date, zone: string): SaidDay | null {
  if (said?.fromToday === undefined) return said;
  const at = DateTime.fromJSDate(now, { zone }).plus({ days: said.fromToday });
  return { kind: 'day', weekday: at.weekday, date: { day: at.day, month: at.month } };
}
