import type { AppointmentBook } from '../own-events/appointment-book.ts';
import type { StoredBookings } from '../stored-bookings.ts';
import type { GraphClient } from './client.ts';
import type { MicrosoftPlaces } from './settings.ts';

/** What reading and writing a calendar takes. */
export interface MicrosoftParts {
  client: GraphClient;
  places: MicrosoftPlaces;
  /** IANA; that of the hours and of all-day events. */
  timeZone: string;
  book: AppointmentBook;
  /** What Graph forgets: the bookings that were cancelled. */
  cancelled: StoredBookings;
  now: () => Date;
}

/** Milliseconds for what a write cannot go without. */
export const LOOK_UP_TIMEOUT = 4_000;
