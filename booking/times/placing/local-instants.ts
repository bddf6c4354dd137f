import { DateTime, IANAZone } from 'luxon';

/** A date of the calendar without a time: midnight UTC of it, so that adding days is exact. */
export type CalendarDay = DateTime;

export function calendarDay(year: number, month: number, day: number): CalendarDay {
  return DateTime.utc(year, month, day).setLocale('en-US');
}

/** The date that the zone's wall calendar shows at this instant. */
export function calendarDayAt(at: Date, timeZone: string): CalendarDay {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  return calendarDay(local.year, local.month, local.day);
}

/** Minutes after midnight that the zone's wall clock shows at this instant. */
export function clockMinutesAt(at: Date, timeZone: string): number {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  return local.hour * 60 + local.minute;
}

export interface LocalInstants {
  /** Instants at which the wall clock shows this time: none in a DST gap, two in a fold. */
  instants: Date[];
  /** In a gap: the time as the old and as the new offset would have it, one on each side. */
  neighbours: Date[];
}

const HOUR = 3_600_000;

/**
 * All instants at which the wall clock of `timeZone` shows this day and time.
 * luxon alone answers one of them silently, and shifts a time that does not exist.
 * @param minutes after midnight; 1440 is the midnight at the end of the day
 */
export function localInstants(day: CalendarDay, minutes: number, timeZone: string): LocalInstants {
  const wall = day.toMillis() + minutes * 60_000;
  const zone = IANAZone.create(timeZone);
  // Offsets a good day before and after: a change of the clock in between shows as two values.
  const offsets = new Set([-36, 36].map((hours) => zone.offset(wall + hours * HOUR)));
  const readings = [...offsets].map((offset) => wall - offset * 60_000).sort((a, b) => a - b);
  const shown =
    readings.length === 1
      ? readings
      : readings.filter((instant) => instant + zone.offset(instant) * 60_000 === wall);
  return {
    instants: shown.map((instant) => new Date(instant)),
    neighbours: shown.length === 0 ? readings.map((instant) => new Date(instant)) : [],
  };
}

/** The instant a range starts or ends at: a gap is left forwards, a fold is included whole. */
export function boundary(
  day: CalendarDay,
  minutes: number,
  timeZone: string,
  side: 'from' | 'to',
): Date {
  const { instants, neighbours } = localInstants(day, minutes, timeZone);
  const midnight = minutes === 0 || minutes === 1440;
  const chosen =
    instants.length === 0
      ? neighbours.at(-1)
      : side === 'from' || midnight
        ? instants[0]
        : instants.at(-1);
  return chosen ?? new Date(day.toMillis() + minutes * 60_000);
}
