import { CalendarUnreachableError } from '../calendar-error.ts';
import type { BookingNews, CalendarChanges } from '../calendar.ts';
import { referenceIn, toNews } from './booking-object.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { readMultistatus } from './multistatus.ts';
import type { Multistatus } from './multistatus.ts';
import { readBookings, readItems, readObject, readTag } from './read-objects.ts';
import { askChanges } from './requests.ts';

type News = BookingNews & { reference: string };

const DAY = 86_400_000;
/** What is listed where a server cannot tell what changed. */
const PAST = 31 * DAY;
const FUTURE = 400 * DAY;
/** Parts of an answer that are asked for: a server may cut it. */
const MOST_PARTS = 50;
/** Before a mark: which of the two ways it is of. */
const OF_SYNC = 'sync:';
const OF_STATE = 'ctag:';

/**
 * What changed of our bookings in the calendar: by sync-collection (RFC 6578), or anew where a server
 * does not have it and says that something changed.
 * @throws {CalendarError}
 */
export async function listChanges(
  parts: CaldavParts,
  since: string | null,
): Promise<CalendarChanges> {
  const token = since?.startsWith(OF_SYNC) ? since.slice(OF_SYNC.length) : '';
  const changes = await collectChanges(parts, token);
  // A token that is known no more is asked for anew from the beginning.
  const told = changes ?? (token === '' ? null : await collectChanges(parts, ''));
  return told ?? listAnew(parts, since);
}

/** Null where the server does not know the token, or has no such report. */
async function collectChanges(parts: CaldavParts, since: string): Promise<CalendarChanges | null> {
  const paths = new Set<string>();
  const gone = new Set<string>();
  let token = since;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const answer = await askOnce(parts, token);
    if (!answer?.syncToken) return null;
    let isCut = false;
    for (const { href, status } of answer.responses) {
      const reference = referenceIn(href);
      if (status === 507) isCut = true;
      else if (reference !== null && status === 404) gone.add(reference);
      else if (reference !== null) paths.add(href);
    }
    token = answer.syncToken;
    if (!isCut) {
      const found = (await readBookings(parts, [...paths])).map(toNews);
      const there = new Set(found.map(({ reference }) => reference));
      const missing = [...gone].filter((reference) => !there.has(reference)).map(isGone);
      const isWhole = since === '';
      return { news: [...found, ...missing], mark: OF_SYNC + token, isWhole };
    }
  }
  throw new CalendarUnreachableError('The calendar server never told all that changed.');
}

async function askOnce(
  { client, places }: CaldavParts,
  token: string,
): Promise<Multistatus | null> {
  const answer = await client.send({
    method: 'REPORT',
    url: new URL(places.calendar),
    depth: '0',
    xml: askChanges(token),
    handsBack: [500, 501],
  });
  return answer.status === 207 ? readMultistatus(answer.text) : null;
}

function isGone(reference: string): News {
  return { reference, uid: reference, changedAt: null, status: 'cancelled' };
}

async function listAnew(parts: CaldavParts, since: string | null): Promise<CalendarChanges> {
  const { places } = parts;
  const url = new URL(places.calendar);
  const said = await readTag(parts, url);
  const tag = OF_STATE + encodeURIComponent(said ?? '');
  // Behind the tag is what was there then: such a server does not tell what is gone.
  const [last, ...known] = since?.startsWith(OF_STATE) ? since.split(' ') : [];
  if (said && tag === last) return { news: [], mark: [tag, ...known].join(' ') };
  const now = parts.now().getTime();
  const range = { from: new Date(now - PAST), to: new Date(now + FUTURE) };
  const items = await readItems(parts, [places.calendar], range);
  const news = items.flatMap(({ booking }) => (booking ? [toNews(booking)] : []));
  const there = new Set(news.map(({ reference }) => reference));
  for (const reference of known) {
    // It may only have left the range.
    if (!there.has(reference) && (await readObject(parts, reference)) === null) {
      news.push(isGone(reference));
    }
  }
  return { news, mark: [tag, ...there].join(' '), isWhole: last === undefined };
}
