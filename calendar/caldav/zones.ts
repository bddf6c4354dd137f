import iCalendar from 'ical.js';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { instantOf, wallAt, zoneClock } from '../slots/zone-clock.ts';
import './bounded-rules.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** Reads a wall clock's time, which is told in milliseconds as if it stood in UTC. */
export interface WallZone {
  toInstant(wall: number): number;
  toWall(instant: number): number;
}

/** The jCal of a component (RFC 7265). */
export type JCalObject = [name: string, properties: JCalProperty[], components: JCalObject[]];
export type JCalProperty = [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];

export const UTC: WallZone = { toInstant: (wall) => wall, toWall: (instant) => instant };

const known = new Map<string, WallZone>();

/** A zone that IANA knows. */
export function zoneOf(timeZone: string): WallZone {
  const found = known.get(timeZone);
  if (found) return found;
  const clock = zoneClock(timeZone);
  const zone: WallZone = {
    toInstant: (wall) => instantOf(clock, wall),
    toWall: (instant) => wallAt(clock, instant),
  };
  known.set(timeZone, zone);
  return zone;
}

/**
 * The zone that an object calls so: IANA's of that name, else the one that the object describes, else
 * that of Windows; the calendar's own where nothing says.
 * @param fallback IANA
 */
export function namedZone(tzid: string, object: JCalObject, fallback: string): WallZone {
  const iana = ianaName(tzid);
  if (iana !== null) return zoneOf(iana);
  const described = describedZone(tzid, object);
  if (described) return described;
  return zoneOf(WINDOWS_ZONES[tzid] ?? fallback);
}

/** Some programs put a path of their own before the name. */
function ianaName(tzid: string): string | null {
  if (known.has(tzid) || isTimeZone(tzid)) return tzid;
  if (!tzid.startsWith('/')) return null;
  const parts = tzid.split('/');
  for (let at = 1; at < parts.length; at += 1) {
    const name = parts.slice(at).join('/');
    if (isTimeZone(name)) return name;
  }
  return null;
}

function describedZone(tzid: string, [, , components]: JCalObject): WallZone | null {
  const found = components.find(
    ([name, properties]) =>
      name === 'vtimezone' &&
      properties.some(([key, , , value]) => key === 'tzid' && value === tzid),
  );
  if (!found) return null;
  const zone = new iCalendar.Timezone(new iCalendar.Component(found));
  // Rules without an end are refused here, where it is known whose they are.
  zone.utcOffset(iCalendar.Time.now());
  const offsetAt = (wall: number): number => zone.utcOffset(timeOf(wall, false)) * 1_000;
  return {
    toInstant: (wall) => wall - offsetAt(wall),
    toWall: (instant) => instant + offsetAt(instant + offsetAt(instant)),
  };
}

/** A wall clock's time as ical.js takes it, in no zone. */
export function timeOf(wall: number, isDate: boolean): iCalendar.Time {
  const at = new Date(wall);
  return iCalendar.Time.fromData({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    ...(isDate
      ? { isDate: true }
      : { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() }),
  });
}
