import { DateTime } from 'luxon';

/** Where and when a label is read. `now` decides whether the year is said and what "tomorrow" is. */
export interface LabelOptions {
  /** IANA zone of the person who reads or hears the label. */
  timeZone: string;
  now: Date;
}

export interface SlotLabelOptions extends LabelOptions {
  /** IANA zone of the calendar; where its clock differs from the caller's, the zone is named. */
  calendarTimeZone?: string;
  /** Names the zone in any case. Default false. */
  withZone?: boolean;
  /** Adds "today", "tomorrow" or "in 4 days". Default false. */
  withRelative?: boolean;
}

/** "Tuesday, November 24 at 2:30 PM", with year, zone and distance where they say something new. */
export function slotLabel(start: Date, options: SlotLabelOptions): string {
  const { timeZone, calendarTimeZone } = options;
  const zoned =
    options.withZone === true ||
    (calendarTimeZone !== undefined && clocksDiffer(timeZone, calendarTimeZone, start));
  const zone = zoned ? ` ${zoneName(timeZone, start)}` : '';
  const relative = options.withRelative === true ? `, ${relativeDayLabel(start, options)}` : '';
  return `${dayLabel(start, options)} at ${timeLabel(start, timeZone)}${zone}${relative}`;
}

/** "Tuesday, November 24"; ", 2027" follows only where the year is not the year of `now`. */
export function dayLabel(at: Date, options: LabelOptions): string {
  const day = local(at, options.timeZone);
  const sameYear = day.year === local(options.now, options.timeZone).year;
  return day.toFormat(sameYear ? 'cccc, LLLL d' : 'cccc, LLLL d, yyyy');
}

/** "2:30 PM": a plain space before AM and PM, where Intl would put a narrow no-break one. */
export function timeLabel(at: Date, timeZone: string): string {
  return local(at, timeZone).toFormat('h:mm a');
}

/** "today", "tomorrow", "in 4 days", counted by the zone's calendar days and not by hours. */
export function relativeDayLabel(at: Date, options: LabelOptions): string {
  const days = calendarDaysBetween(options.now, at, options.timeZone);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/**
 * "Eastern time", "Central European time", "Lord Howe time": the zone's generic name in English,
 * the same in summer and winter. A zone for which Unicode CLDR has only an offset is named after
 * its city ("Troll time"), a fixed offset as "UTC+05:30". Throws RangeError on an unknown zone.
 */
export function zoneName(timeZone: string, at: Date): string {
  if (/^(?:Etc\/)?(?:UTC|GMT|UCT|Universal|Zulu|Greenwich)$/i.test(timeZone)) return 'UTC';
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  if (name !== undefined && !/^(?:GMT|UTC)/.test(name)) return name.replace(/ Time$/, ' time');
  if (/^[A-Za-z_]+\//.test(timeZone) && !timeZone.startsWith('Etc/')) {
    return `${timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`;
  }
  return `UTC${local(at, timeZone).toFormat('ZZ')}`;
}

function clocksDiffer(one: string, other: string, at: Date): boolean {
  if (one === other) return false;
  return (
    local(at, one).offset !== local(at, other).offset || zoneName(one, at) !== zoneName(other, at)
  );
}

function calendarDaysBetween(from: Date, to: Date, timeZone: string): number {
  const midnight = (at: Date): number => {
    const day = local(at, timeZone);
    return Date.UTC(day.year, day.month - 1, day.day);
  };
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function local(at: Date, timeZone: string): DateTime {
  return DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US');
}
