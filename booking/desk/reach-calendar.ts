import { CalendarError, RequestRefusedError } from '../../calendar/calendar-error.ts';
import type { CalendarDescription } from '../../calendar/calendar.ts';
import { BookingError } from '../booking-error.ts';
import type { Sentences } from '../languages/sentences/sentences.ts';
import { calendarSentence } from './calendar-sentences.ts';
import { fieldWords } from './read-attendee.ts';

/**
 * Asks the calendar, and puts its failures into words for the caller.
 * @throws {BookingError} `calendar-unavailable`
 */
export async function reachCalendar<T>(sentences: Sentences, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new BookingError('calendar-unavailable', calendarSentence(error, sentences), {
      cause: error,
    });
  }
}

/**
 * What a caller hears when the calendar refuses.
 *
 * @param asked what the caller was asked for and can say anew; nothing else is ever asked for
 */
export function refusal(
  error: CalendarError,
  sentences: Sentences,
  asked?: Pick<CalendarDescription, 'questions'>,
): BookingError {
  const words = asked && error instanceof RequestRefusedError ? wordsOf(error, asked) : null;
  if (words) {
    return new BookingError(
      'attendee-refused',
      `The calendar does not accept the ${words}. Please ask for it again.`,
      { cause: error },
    );
  }
  return new BookingError('calendar-unavailable', calendarSentence(error, sentences), {
    cause: error,
  });
}

function wordsOf(
  { field, reason }: RequestRefusedError,
  { questions }: Pick<CalendarDescription, 'questions'>,
): string | null {
  if (field === null || reason !== null) return null;
  const question = questions.find(({ key }) => key === field);
  return question ? `answer to "${question.label}"` : fieldWords(field);
}
