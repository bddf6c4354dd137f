import { z } from 'zod';
import { BookingNotFoundError, CalendarUnreachableError } from '../calendar-error.ts';
import type { TimeRange } from '../calendar.ts';
import { LOOK_UP_TIMEOUT } from './calendar-parts.ts';
import type { MicrosoftParts } from './calendar-parts.ts';
import type { GraphClient, GraphRequest } from './client.ts';
import { EXPAND, filterOfKey } from './event-properties.ts';
import { bookingOf, GraphEventSchema, SELECT, toItem } from './graph-event.ts';
import type { CalendarItem, StoredEvent } from './graph-event.ts';

interface Reading {
  /** It may use the requests that are kept for writes. */
  partOfWrite?: boolean;
}

type ReadingParts = Pick<MicrosoftParts, 'client' | 'timeZone'>;

const DAY = 86_400_000;
/** The largest there is: what goes from one page while the next is asked for would shift it. */
const PAGE_SIZE = 1_000;
/** A mailbox that goes on for longer is read as none. */
const MOST_PAGES = 20;

/**
 * Everything in some calendars that has a moment of the range: Exchange itself reckons repetitions and
 * their exceptions. A day more on both sides is read, since an all-day event is of dates.
 *
 * @throws {CalendarError} one of them cannot be read, or not all of it
 */
export async function readItems(
  parts: ReadingParts,
  calendars: readonly string[],
  range: TimeRange,
  reading: Reading = {},
): Promise<CalendarItem[]> {
  const read = calendars.map((calendar) => readCalendar(parts, calendar, range, reading));
  return (await Promise.all(read)).flat();
}

async function readCalendar(
  { client, timeZone }: ReadingParts,
  calendar: string,
  { from, to }: TimeRange,
  reading: Reading,
): Promise<CalendarItem[]> {
  const events = await readPages(client, GraphEventSchema, {
    path: ['me', 'calendars', calendar, 'calendarView'],
    query: {
      startDateTime: new Date(from.getTime() - DAY).toISOString(),
      endDateTime: new Date(to.getTime() + DAY).toISOString(),
      $select: SELECT,
      $expand: EXPAND,
      $top: PAGE_SIZE,
    },
    ...reading,
  });
  return events
    .map((event) => toItem(event, timeZone))
    .filter(({ time }) => time.start < to && time.end > from);
}

/**
 * A whole list, page by page.
 * @throws {CalendarUnreachableError} it has no end
 * @throws {CalendarError}
 */
export async function readPages<Item extends z.ZodType>(
  client: GraphClient,
  item: Item,
  request: Pick<GraphRequest<z.ZodType>, 'path' | 'query' | 'prefer' | 'partOfWrite'>,
): Promise<z.infer<Item>[]> {
  const answer = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
  const items: z.infer<Item>[] = [];
  let page = await client.call({ ...request, method: 'GET', answer });
  for (let count = 1; ; count += 1) {
    items.push(...page.value);
    const link = page['@odata.nextLink'];
    if (link === undefined) return items;
    if (count >= MOST_PAGES) break;
    const { query: _, ...rest } = request;
    page = await client.call({ ...rest, path: { link }, method: 'GET', answer });
  }
  throw new CalendarUnreachableError('Microsoft Graph never came to the end of a list.');
}

/**
 * The booking of ours of that id; null where the mailbox has it no more, or it is none of ours.
 * @throws {CalendarError}
 */
export async function readEvent(
  { client, timeZone }: ReadingParts,
  reference: string,
  reading: Reading = {},
): Promise<StoredEvent | null> {
  try {
    const event = await client.call({
      method: 'GET',
      path: ['me', 'events', reference],
      query: { $select: SELECT, $expand: EXPAND },
      answer: GraphEventSchema,
      timeout: LOOK_UP_TIMEOUT,
      ...reading,
    });
    return bookingOf(event, timeZone);
  } catch (error) {
    if (error instanceof BookingNotFoundError) return null;
    throw error;
  }
}

/**
 * The booking that a key made; null where there is none that stands.
 * @throws {CalendarError}
 */
export async function findByKey(
  { client, places, timeZone }: ReadingParts & Pick<MicrosoftParts, 'places'>,
  key: string,
  reading: Reading = {},
): Promise<StoredEvent | null> {
  const { value } = await client.call({
    method: 'GET',
    path: ['me', 'calendars', places.calendar, 'events'],
    query: { $filter: filterOfKey(key), $select: SELECT, $expand: EXPAND },
    answer: z.object({ value: z.array(GraphEventSchema) }),
    timeout: LOOK_UP_TIMEOUT,
    ...reading,
  });
  // Values are compared without regard to capitals; and a copy that somebody made bears the key too.
  const [first = null] = value
    .flatMap((event) => bookingOf(event, timeZone) ?? [])
    .filter(({ note }) => note.key === key)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  return first;
}
