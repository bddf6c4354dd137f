import { CalendarError, CalendarUnreachableError } from '../calendar-error.ts';
import type { TimeRange } from '../calendar.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import { readBooking } from './booking-object.ts';
import type { StoredObject } from './booking-object.ts';
import { parseObject, readEvents } from './calendar-object.ts';
import { urlOf } from './calendar-parts.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { expectMultistatus } from './dav-client.ts';
import { expandEvents } from './expand.ts';
import type { DavObject, KnownObjects } from './known-objects.ts';
import { CALDAV, CALENDAR_SERVER, propertyOf } from './multistatus.ts';
import type { DavResponse, Multistatus } from './multistatus.ts';
import { ASK_STATE, askEvents, askObjects } from './requests.ts';
import { secureUrl } from './server-address.ts';

/** An object of a calendar, and when it takes time in the range that was asked for. */
export interface CalendarItem {
  times: BusyTime[];
  /** Null where it is no booking of ours. */
  booking: StoredObject | null;
}

interface Reading {
  /** It may use the requests that are kept for writes. */
  partOfWrite?: boolean;
  /** What was read before, where that may be answered again. */
  known?: KnownObjects;
}

type ReadingParts = Pick<CaldavParts, 'client' | 'context'>;

const DAY = 86_400_000;
/** Objects that are asked for in one request. */
const AT_ONCE = 100;
/** Milliseconds. */
const LOOK_UP_TIMEOUT = 4_000;
/** Milliseconds: who waits longer for the tag would sooner have had the calendar. */
const TAG_TIMEOUT = 2_000;

/**
 * Everything in some calendars that has a moment of the range.
 *
 * The server is asked for whole objects, a day more on both sides, and nothing but that: its own
 * reckoning of repetitions, of all-day events and of who is busy is wrong on every server there is.
 *
 * @throws {CalendarError} one of them cannot be read, or not all of it
 */
export async function readItems(
  parts: ReadingParts,
  calendars: readonly string[],
  range: TimeRange,
  reading: Reading = {},
): Promise<CalendarItem[]> {
  const read = calendars.map((calendar) => readCalendar(parts, new URL(calendar), range, reading));
  return (await Promise.all(read)).flat();
}

async function readCalendar(
  parts: ReadingParts,
  url: URL,
  range: TimeRange,
  { known, ...reading }: Reading,
): Promise<CalendarItem[]> {
  const wider = {
    from: new Date(range.from.getTime() - DAY),
    to: new Date(range.to.getTime() + DAY),
  };
  const objects = () => askObjectsIn(parts, url, wider, reading);
  const found = known
    ? await known.read(url, wider, { tag: () => tagOrNone(parts, url), objects })
    : await objects();
  return found.map((object) => readItem(parts, object, range));
}

/** What a calendar says of its state; null where it says nothing. */
export async function readTag(
  { client }: Pick<CaldavParts, 'client'>,
  url: URL,
  limits: { timeout?: number } = {},
): Promise<string | null> {
  const asked = { method: 'PROPFIND', url, depth: '0', xml: ASK_STATE, ...limits } as const;
  const answer = await client.ask(asked);
  const [state] = answer.responses;
  const said = state && propertyOf(state, 'getctag', CALENDAR_SERVER)?.text.trim();
  return said === undefined || said === '' ? null : said;
}

/** A server that does not answer this question may answer the next one, and tell what is wrong. */
async function tagOrNone(parts: ReadingParts, url: URL): Promise<string | null> {
  try {
    return await readTag(parts, url, { timeout: TAG_TIMEOUT });
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

async function askObjectsIn(
  parts: ReadingParts,
  url: URL,
  wider: TimeRange,
  reading: Omit<Reading, 'known'>,
): Promise<DavObject[]> {
  const query = { method: 'REPORT', url, depth: '1', ...reading } as const;
  const answer = await parts.client.send({ ...query, xml: askEvents(wider), handsBack: [500] });
  // A calendar with a rule of thousands of occurrences answers no range on some servers.
  const all =
    answer.status === 500
      ? await parts.client.ask({ ...query, xml: askEvents(null) })
      : expectMultistatus(answer, url);
  return objectsIn(all, url);
}

function readItem({ context }: ReadingParts, { path, etag, ics }: DavObject, range: TimeRange) {
  const object = parseObject(ics, path);
  const events = readEvents(object, path, context);
  return {
    times: expandEvents(events, range, { object, path, context }),
    booking: readBooking(object, { path, etag }, context),
  };
}

/** The objects that an answer holds, each with its data: one without any could take any time. */
function objectsIn({ responses }: Multistatus, collection: URL): DavObject[] {
  return responses.flatMap((response) => {
    if (response.status === 404 || isSame(response, collection)) return [];
    const ics = propertyOf(response, 'calendar-data', CALDAV)?.text ?? '';
    if (ics.trim() === '') {
      throw new CalendarUnreachableError('The calendar server answered a part of the calendar.');
    }
    return [{ path: response.href, etag: etagOf(response), ics }];
  });
}

/** Some servers answer the calendar itself among what is in it, and one that cuts its list says so there. */
function isSame({ href, status }: DavResponse, collection: URL): boolean {
  if (secureUrl(href, collection)?.pathname !== collection.pathname) return false;
  if (status === null || status < 400) return true;
  throw new CalendarUnreachableError(`The calendar server answered a part of it (${status}).`);
}

function etagOf(response: DavResponse): string | null {
  return propertyOf(response, 'getetag')?.text.trim() ?? null;
}

/**
 * The object of a booking, as it lies on the server; null where there is none.
 * @throws {CalendarError}
 */
export async function readObject(
  parts: CaldavParts,
  reference: string,
  reading: Omit<Reading, 'known'> = {},
): Promise<StoredObject | null> {
  const url = urlOf(parts, reference);
  const timeout = LOOK_UP_TIMEOUT;
  const { status, text, headers } = await parts.client.send({
    method: 'GET',
    url,
    timeout,
    ...reading,
  });
  if (status === 404 || status === 410) return null;
  // A page to sign in at is no appointment, and no proof that there is none.
  if (status !== 200 || !/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) {
    throw new CalendarUnreachableError(
      `The calendar server answered ${status}, and no appointment.`,
    );
  }
  const place = { path: url.pathname, etag: headers.get('etag') };
  return readBooking(parseObject(text, url.pathname), place, parts.context);
}

/**
 * The bookings that lie at some paths of the calendar; what is gone is left out.
 * @throws {CalendarError}
 */
export async function readBookings(
  parts: CaldavParts,
  paths: readonly string[],
): Promise<StoredObject[]> {
  const url = new URL(parts.places.calendar);
  const found: StoredObject[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const xml = askObjects(paths.slice(at, at + AT_ONCE));
    const answer = await parts.client.ask({ method: 'REPORT', url, depth: '1', xml });
    for (const { path, etag, ics } of objectsIn(answer, url)) {
      const booking = readBooking(parseObject(ics, path), { path, etag }, parts.context);
      if (booking) found.push(booking);
    }
  }
  return found;
}
