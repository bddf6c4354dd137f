import { CalendarSetupError, RateLimitedError } from '../calendar/calendar-error.ts';
import type { CalendarError, SetupProblem } from '../calendar/calendar-error.ts';

const UNREACHABLE =
  'I cannot reach the calendar at the moment, so I cannot say what is free or book anything. Please try again in a few minutes.';
const NOT_SET_UP =
  'The calendar of this business is not ready for bookings by phone, so I cannot book anything. Please contact the business directly.';

const SETUP_SENTENCES: Record<SetupProblem, string> = {
  'key-missing': NOT_SET_UP,
  'key-refused': NOT_SET_UP,
  'key-without-rights': NOT_SET_UP,
  'event-type-missing':
    'This kind of appointment cannot be booked here at the moment. Please contact the business directly.',
  'slug-of-another-user':
    'This kind of appointment cannot be booked here at the moment. Please contact the business directly.',
  'no-availability':
    'The business has not opened any times for booking yet. Please contact the business directly.',
  'not-supported':
    'This kind of appointment cannot be booked in a call. Please contact the business directly.',
};

/** What a caller hears when the calendar fails: true, without blame, and what to do instead. */
export function callerSentence(error: CalendarError): string {
  if (error instanceof CalendarSetupError) return SETUP_SENTENCES[error.problem];
  if (error instanceof RateLimitedError) {
    return 'The calendar is very busy at the moment. Please try again in a minute.';
  }
  return UNREACHABLE;
}
