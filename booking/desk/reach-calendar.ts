import { CalendarError, RequestRefusedError } from '../../calendar/calendar-error.ts';
import { BookingError } from './booking-error.ts';
import { calendarSentence } from './calendar-sentences.ts';
import { fieldWords } from './read-attendee.ts';

/**
 * Asks the calendar, and puts its failures into words for the caller.
 * @throws {BookingError} `calendar-unavailable`
 */
export async function reachCalendar<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new BookingError('calendar-unavailable', calendarSentence(error), { cause: error });
  }
}

/** What a caller hears when the calendar refuses. */
export function refusal(error: CalendarError): BookingError {
  if (error instanceof RequestRefusedError && error.field && !error.reason) {
    return new BookingError(
      'attendee-refused',
      `The calendar does not accept the ${fieldWords(error.field)}. Please ask for it again.`,
      { cause: error },
    );
  }
  return new BookingError('calendar-unavailable', calendarSentence(error), { cause: error });
}
