import iCalendar from 'ical.js';
import type { BusyTime } from '../slots/free-slots.ts';
import { setupError } from './setup-error.ts';
import { namedZone, UTC, zoneOf } from './zones.ts';
import type { JCalObject, JCalProperty, WallZone } from './zones.ts';

/** How the times of a calendar's objects are read. */
export interface ReadingContext {
  /** IANA; of floating times and of all-day events. */
  timeZone: string;
  /** By which an invitation names the calendar's owner. */
  addresses: readonly string[];
}

/** A time as it is written: what a clock reads, and where that clock hangs. */
export interface WrittenTime {
  wall: number;
  isDate: boolean;
  zone: WallZone;
}

/** How long an appointment is: days as a calendar counts them, and time that passes. */
export interface WrittenLength {
  days: number;
  milliseconds: number;
}

/** One VEVENT: an appointment, all of a series, or what is different about one of it. */
export interface WrittenEvent {
  start: WrittenTime;
  length: WrittenLength;
  /** Which of a series it is about; null for an appointment, or all of a series. */
  recurrence: { of: WrittenTime; andFuture: boolean } | null;
  properties: readonly JCalProperty[];
  shows: BusyTime['shows'];
  /** It does not take place, or the calendar's owner declined it. */
  isOff: boolean;
}

const DAY = 86_400_000;

/**
 * The jCal of an object of a calendar.
 * @throws {CalendarSetupError} it cannot be read: whether it takes any time is not known
 */
export function parseObject(ics: string, path: string): JCalObject {
  try {
    const parsed = iCalendar.parse(ics) as JCalObject;
    if (parsed[0] === 'vcalendar') return parsed;
  } catch (cause) {
    throw unreadable(path, { cause });
  }
  throw unreadable(path);
}

/**
 * The appointments in an object; none in one of tasks alone.
 * @throws {CalendarSetupError} one of them cannot be read
 */
export function readEvents(
  object: JCalObject,
  path: string,
  context: ReadingContext,
): WrittenEvent[] {
  const events = object[2].filter(([name]) => name === 'vevent');
  try {
    return events.map(([, properties]) => readEvent(properties, object, context));
  } catch (cause) {
    throw unreadable(path, { cause });
  }
}

function readEvent(
  properties: readonly JCalProperty[],
  object: JCalObject,
  context: ReadingContext,
): WrittenEvent {
  const start = find(properties, 'dtstart');
  if (!start) throw new TypeError('It has no beginning.');
  const about = find(properties, 'recurrence-id');
  const [from] = timesOf(start, object, context);
  const [of] = about ? timesOf(about, object, context) : [];
  if (!from) throw new TypeError('It has no beginning.');
  return {
    start: from,
    length: readLength(from, properties, object, context),
    recurrence: of ? { of, andFuture: about?.[1]['range'] === 'THISANDFUTURE' } : null,
    properties,
    shows: readShows(properties),
    isOff: wordOf(properties, 'status') === 'CANCELLED' || isDeclined(properties, context),
  };
}

function readShows(properties: readonly JCalProperty[]): BusyTime['shows'] {
  if (wordOf(properties, 'transp') === 'TRANSPARENT') return 'free';
  return wordOf(properties, 'status') === 'TENTATIVE' ? 'tentative' : 'busy';
}

/** No server leaves out what its owner declined. */
function isDeclined(properties: readonly JCalProperty[], { addresses }: ReadingContext): boolean {
  const own = new Set(addresses.map((address) => address.toLowerCase()));
  return properties.some(
    ([name, parameters, , address]) =>
      name === 'attendee' &&
      String(parameters['partstat']).toUpperCase() === 'DECLINED' &&
      own.has(String(address).toLowerCase()),
  );
}

/** Without an end a date lasts its day, and a time none (RFC 5545, 3.6.1). */
function readLength(
  start: WrittenTime,
  properties: readonly JCalProperty[],
  object: JCalObject,
  context: ReadingContext,
): WrittenLength {
  const duration = textOf(properties, 'duration');
  if (duration !== '') return durationOf(duration);
  const written = find(properties, 'dtend');
  const [end] = written ? timesOf(written, object, context) : [];
  if (!end) return { days: start.isDate ? 1 : 0, milliseconds: 0 };
  if (start.isDate) {
    return { days: Math.max(1, Math.round((end.wall - start.wall) / DAY)), milliseconds: 0 };
  }
  return { days: 0, milliseconds: instantOf(end) - instantOf(start) };
}

/** "P1DT2H" and its like (RFC 5545, 3.3.6). */
export function durationOf(text: string): WrittenLength {
  const parts = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    text,
  );
  if (!parts) throw new TypeError('A duration cannot be read.');
  const [weeks, days, hours, minutes, seconds] = parts.slice(2).map((part) => Number(part ?? 0));
  const sign = parts[1] === '-' ? -1 : 1;
  return {
    days: sign * ((weeks ?? 0) * 7 + (days ?? 0)),
    milliseconds: sign * 1_000 * ((hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)),
  };
}

/** The times that a property names; of a period its beginning. */
export function timesOf(
  property: JCalProperty,
  object: JCalObject,
  context: ReadingContext,
): WrittenTime[] {
  const [, parameters, , ...values] = property;
  const tzid = parameters['tzid'];
  const local =
    typeof tzid === 'string'
      ? () => namedZone(tzid, object, context.timeZone)
      : () => zoneOf(context.timeZone);
  return values.map((value) => writtenTime(String(Array.isArray(value) ? value[0] : value), local));
}

/**
 * @param text of jCal, such as "2027-03-15T10:00:00"
 * @param local the zone of a time that does not say UTC
 */
export function writtenTime(text: string, local: () => WallZone): WrittenTime {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const isUtc = text.endsWith('Z');
  const wall = Date.parse(isDate || isUtc ? text : `${text}Z`);
  if (Number.isNaN(wall)) throw new TypeError('A time cannot be read.');
  return { wall, isDate, zone: isUtc ? UTC : local() };
}

export function instantOf({ wall, zone }: WrittenTime): number {
  return zone.toInstant(wall);
}

/** From when to when it is, as instants, if it begins at that time of its own clock. */
export function spanOf(
  start: WrittenTime,
  { days, milliseconds }: WrittenLength,
): { start: Date; end: Date } {
  const end = start.zone.toInstant(start.wall + days * DAY) + milliseconds;
  return { start: new Date(instantOf(start)), end: new Date(end) };
}

export function find(properties: readonly JCalProperty[], name: string): JCalProperty | undefined {
  return properties.find(([each]) => each === name);
}

/** A property's value as text; empty where there is none. */
export function textOf(properties: readonly JCalProperty[], name: string): string {
  const value = find(properties, name)?.[3];
  return typeof value === 'string' ? value : '';
}

/** One of the words that a property knows, which it may write as it likes. */
export function wordOf(properties: readonly JCalProperty[], name: string): string {
  return textOf(properties, name).toUpperCase();
}

function unreadable(path: string, options: ErrorOptions = {}) {
  return setupError(
    'not-supported',
    `The appointment at ${path} cannot be read, and so not which times are free: mend it or remove it in your calendar program.`,
    options,
  );
}
