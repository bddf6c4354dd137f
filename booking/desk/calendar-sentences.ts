import { CalendarSetupError, RequestRefusedError } from '../../calendar/calendar-error.ts';
import type { CalendarError, RefusalReason, SetupProblem } from '../../calendar/calendar-error.ts';

/** The names of the errors that a calendar throws for other reasons than its set-up. */
export type CalendarErrorName =
  | 'SlotUnavailableError'
  | 'BookingNotFoundError'
  | 'RequestRefusedError'
  | 'RateLimitedError'
  | 'CalendarUnreachableError'
  | 'OutcomeUnknownError';

/** What a caller hears: true, without the operator's words, and with what they can do. */
export const CALENDAR_SENTENCES: Record<SetupProblem | RefusalReason | CalendarErrorName, string> =
  {
    'key-missing':
      'Our calendar is not connected at the moment, so I cannot book anything for you. Please call again later.',
    'key-refused':
      'Our calendar does not let me in at the moment, so nothing is booked. Please call again later.',
    'key-without-rights':
      'I am not allowed to do that in our calendar, so nothing is booked or changed. Please ask our staff.',
    'event-type-missing':
      'That kind of appointment is not in our calendar any more, so I cannot book it. Please ask our staff.',
    'slug-of-another-user':
      'That kind of appointment is not in this calendar, so I cannot book it. Please ask our staff.',
    'no-availability':
      'Our calendar has no opening hours set at the moment, so I have no times to offer. Please call again later.',
    'not-supported': 'That kind of appointment cannot be booked here. Please ask our staff.',
    'cancelling-not-allowed':
      'Appointments of this kind cannot be cancelled here, so it stands as it is. Please ask our staff.',
    'moving-not-allowed':
      'Appointments of this kind cannot be moved here, so it stays when it is. Please ask our staff.',
    'attendee-has-enough':
      'There are as many appointments to come under that e-mail address as our calendar allows, so nothing more is booked. I can look for the one you have.',
    'attendee-has-it-already':
      'You have an appointment at that very time already, and it stands as it is. Nothing more is booked.',
    'address-not-accepted':
      'Our calendar does not let anybody book here with that e-mail address, so nothing is booked. Is there another one?',
    'notes-too-long':
      'That note is longer than our calendar takes, so nothing is booked yet. Let us say it in fewer words.',
    SlotUnavailableError: 'That time is not free any more. I can look for another one.',
    BookingNotFoundError: 'Our calendar has no such appointment.',
    RequestRefusedError:
      'Our calendar does not accept that, and nothing was booked or changed. Let us check what you told me.',
    RateLimitedError:
      'Our calendar is very busy at the moment. Nothing was booked or changed. Let us try again in a minute.',
    CalendarUnreachableError:
      'I cannot reach our calendar at the moment. Nothing was booked or changed. Let us try again in a minute.',
    OutcomeUnknownError:
      'I could not confirm it yet. You will get a message as soon as I know, so please do not count on it until then.',
  };

/** Of what nobody has words for, nothing is claimed. */
const UNKNOWN =
  'Something is wrong with our calendar, and I cannot say what. Please ask our staff.';

/** The sentence for a caller of whatever a calendar threw. */
export function calendarSentence(error: CalendarError): string {
  const name = reasonOf(error) ?? error.name;
  return name in CALENDAR_SENTENCES
    ? CALENDAR_SENTENCES[name as keyof typeof CALENDAR_SENTENCES]
    : UNKNOWN;
}

function reasonOf(error: CalendarError): SetupProblem | RefusalReason | null {
  if (error instanceof CalendarSetupError) return error.problem;
  return error instanceof RequestRefusedError ? error.reason : null;
}
