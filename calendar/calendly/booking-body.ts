import { isTimeZone } from '../../runtime/given/time-zone.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import type { BookRequest } from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import { refuseBadAttendee } from '../refuse-bad-attendee.ts';
import { toTracking } from './booking-record.ts';
import type { CalendlyEventType } from './event-type.ts';
import { isAsked, isCalled, newPlace, PLACE_QUESTION, placeOf } from './places.ts';
import { phoneQuestion, toAnswers } from './questions.ts';
import type { BookingBody } from './send-booking.ts';

export interface BookingBodyOptions {
  eventType: CalendlyEventType;
  /** IANA; the calendar's. */
  timeZone: string;
  meetingLink: MeetingLink;
}

/**
 * The body of a booking.
 * @throws {RequestRefusedError} naming what Calendly would refuse, or should and does not
 */
export function bookingBody(
  request: BookRequest,
  { eventType, timeZone, meetingLink }: BookingBodyOptions,
): BookingBody {
  const { attendee, slot, key, answers } = request;
  refuseBadAttendee(attendee, { emailOptional: false });
  const place = placeOf(eventType, meetingLink);
  if (attendee.phone === null && (isCalled(place) || phoneQuestion(eventType))) {
    throw new RequestRefusedError('The attendee needs a phone number.', { field: 'phone' });
  }
  if (isAsked(place) && !answers[PLACE_QUESTION.key]?.trim()) {
    throw new RequestRefusedError('This question must be answered.', { field: PLACE_QUESTION.key });
  }
  const said = toAnswers(eventType, request);
  return {
    event_type: eventType.uri,
    start_time: slot.start.toISOString(),
    invitee: {
      name: attendee.name.trim(),
      // Look-ups by address may be by the letter.
      email: (attendee.email ?? '').toLowerCase(),
      timezone: isTimeZone(attendee.timeZone) ? attendee.timeZone : timeZone,
    },
    ...(place ? { location: newPlace(place, { phone: attendee.phone, answers }) } : {}),
    ...(said.length > 0 ? { questions_and_answers: said } : {}),
    tracking: toTracking({ key, root: null, previous: null, phone: attendee.phone }),
  };
}
