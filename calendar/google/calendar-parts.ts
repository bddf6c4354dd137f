import type { CalendarEvent } from '../provider.ts';
import type { AppointmentBook } from '../own-events/appointment-book.ts';
import type { GoogleClient } from './client.ts';
import type { GooglePlaces } from './settings.ts';

/** What reading and writing a calendar takes. */
export interface GoogleParts {
  client: GoogleClient;
  places: GooglePlaces;
  event: CalendarEvent;
  book: AppointmentBook;
  now: () => Date;
}

/** The path of the events in the calendar that is booked into. */
export function eventsPath({ places }: Pick<GoogleParts, 'places'>, ...more: string[]): string[] {
  return ['calendars', places.calendar, 'events', ...more];
}
