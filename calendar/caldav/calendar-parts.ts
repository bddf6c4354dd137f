import type { AppointmentBook } from '../own-events/appointment-book.ts';
import type { ReadingContext } from './calendar-object.ts';
import type { DavClient } from './dav-client.ts';
import type { CaldavPlaces } from './settings.ts';

/** What reading and writing a calendar takes. */
export interface CaldavParts {
  client: DavClient;
  places: CaldavPlaces;
  context: ReadingContext;
  /** As an event is booked into it. */
  book: AppointmentBook;
  now: () => Date;
}

/** Where the object of a booking lies. */
export function urlOf({ places }: Pick<CaldavParts, 'places'>, reference: string): URL {
  const folder = places.calendar.endsWith('/') ? places.calendar : `${places.calendar}/`;
  return new URL(`${reference}.ics`, folder);
}
