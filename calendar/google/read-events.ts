import { z } from 'zod';
import { BookingNotFoundError, CalendarUnreachableError } from '../calendar-error.ts';
import type { TimeRange } from '../calendar.ts';
import type { StandingItem } from '../own-events/appointment-book.ts';
import { eventsPath } from './calendar-parts.ts';
import type { GoogleParts } from './calendar-parts.ts';
import { EventSchema, eventTypeOf, isAllDay, isReference, slotOf } from './event.ts';
import type { GoogleEvent } from './event.ts';
import { setupError } from './setup-error.ts';

type ReadingParts = Pick<GoogleParts, 'client' | 'places'>;

/** As many as Google gives at once. */
const PAGE = 2_500;
const MOST_PAGES = 40;
/** Milliseconds. */
const LOOK_UP_TIMEOUT = 4_000;

const PageSchema = z.object({
  kind: z.literal('calendar#events'),
  /** IANA; in which its owner reads times. */
  timeZone: z.string(),
  items: z.array(EventSchema),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});

/** Events of the calendar that is booked into. */
export interface ListedEvents {
  events: GoogleEvent[];
  timeZone: string;
  /** Where this list ends; null where Google gives no mark. */
  syncToken: string | null;
}

/**
 * All events that a query has, of every page.
 * @throws {CalendarError} not all of them could be read
 */
export async function listEvents(
  parts: ReadingParts,
  query: Record<string, string | boolean>,
  reading: { partOfWrite?: boolean } = {},
): Promise<ListedEvents> {
  const events: GoogleEvent[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ofCalendar(
      parts.client.call({
        method: 'GET',
        path: eventsPath(parts),
        query: { maxResults: PAGE, ...query, pageToken },
        answer: PageSchema,
        ...reading,
      }),
    );
    events.push(...answer.items);
    pageToken = answer.nextPageToken;
    if (pageToken === undefined) {
      return { events, timeZone: answer.timeZone, syncToken: answer.nextSyncToken ?? null };
    }
  }
  throw new CalendarUnreachableError('Google never told all events.');
}

/** What has a moment of the range, repetitions as they take place. */
export function eventsIn(
  parts: ReadingParts,
  { from, to }: TimeRange,
  reading: { partOfWrite?: boolean; showDeleted?: boolean; ours?: boolean } = {},
): Promise<ListedEvents> {
  const { showDeleted = false, ours = false, ...rest } = reading;
  return listEvents(
    parts,
    {
      singleEvents: true,
      showDeleted,
      timeMin: from.toISOString(),
      timeMax: to.toISOString(),
      ...(ours ? { privateExtendedProperty: 'slotline=booking' } : {}),
    },
    rest,
  );
}

/** An event, deleted ones too; null where there never was one. */
export async function readEvent(
  { client, places }: ReadingParts,
  id: string,
  reading: { partOfWrite?: boolean } = {},
): Promise<GoogleEvent | null> {
  try {
    return await client.call({
      method: 'GET',
      path: eventsPath({ places }, id),
      answer: EventSchema,
      timeout: LOOK_UP_TIMEOUT,
      ...reading,
    });
  } catch (error) {
    if (error instanceof BookingNotFoundError) return null;
    throw error;
  }
}

/** When an event takes the time of its calendar's owner. */
export function toStandingItem(event: GoogleEvent, timeZone: string): StandingItem {
  const slot = slotOf(event, timeZone);
  const booking = isReference(event.id)
    ? { reference: event.id, eventType: eventTypeOf(event) }
    : null;
  if (event.status === 'cancelled') return { times: [], booking };
  // One that does not say when it is could take any time.
  if (!slot || slot.start > slot.end) {
    throw new CalendarUnreachableError('Google answered an event without its times.');
  }
  const hasDeclined = event.attendees.some(
    ({ self, responseStatus }) => self && responseStatus === 'declined',
  );
  const isFree = event.transparency === 'transparent' || hasDeclined;
  const shows = isFree ? 'free' : event.status === 'tentative' ? 'tentative' : 'busy';
  return { times: [{ ...slot, allDay: isAllDay(event), shows }], booking };
}

/** A calendar that is gone is a matter of the set-up, and no booking that is not found. */
async function ofCalendar<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // Of a mark that is too old it is told apart.
    if (error instanceof BookingNotFoundError && error.constructor === BookingNotFoundError) {
      throw calendarGone(error);
    }
    throw error;
  }
}

export function calendarGone(cause: unknown): Error {
  return setupError(
    'event-type-missing',
    'The account has the calendar no more that is booked into. Connect the calendar again, and choose another one.',
    { cause },
  );
}
