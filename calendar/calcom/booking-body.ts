import { minutesOf } from '../calendar.ts';
import type { BookRequest } from '../calendar.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import type { MeetingLink } from '../provider.ts';
import { toFieldResponses } from './answers.ts';
import { toCalcomAttendee } from './attendee.ts';
import type { CalcomAttendee } from './attendee.ts';
import { placeTypeOf } from './booking-fields.ts';
import { KEY_NAME } from './booking-record.ts';
import { hasSeveralLengths, isRecurring } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';

export interface BookingBodyOptions {
  eventType: CalcomEventType;
  requiredAttendeeFields: readonly string[];
  timeZone: string;
  meetingLink: MeetingLink;
}

/** What Cal.com is sent to book; the rest of its fields are of no matter here. */
export interface BookingBody {
  attendee: CalcomAttendee;
  location?: BookingLocation;
}

type BookingLocation =
  | { type: 'integration'; integration: 'google-meet' }
  | { type: 'attendeePhone'; phone: string }
  | { type: 'attendeeAddress'; address: string }
  | { type: 'attendeeDefined'; location: string };

/**
 * The body of a booking.
 * @throws {RequestRefusedError} naming what Cal.com would refuse, or should and does not
 */
export function bookingBody(request: BookRequest, options: BookingBodyOptions): BookingBody {
  const { eventType, requiredAttendeeFields: required, timeZone } = options;
  const attendee = toCalcomAttendee(request.attendee, { required, timeZone });
  const responses = toFieldResponses(eventType, request);
  const location = locationOf(attendee, request, options);
  const further = {
    eventTypeId: eventType.id,
    start: request.slot.start.toISOString(),
    metadata: { [KEY_NAME]: request.key, source: 'slotline' },
    ...(Object.keys(responses).length > 0 ? { bookingFieldsResponses: responses } : {}),
    ...(hasSeveralLengths(eventType) ? { lengthInMinutes: minutesOf(request.slot) } : {}),
    // One slot was offered and said, so one booking is made, not the whole row.
    ...(isRecurring(eventType) ? { recurrenceCount: 1 } : {}),
  };
  return { ...further, attendee, ...(location ? { location } : {}) };
}

/** Undefined leaves the choice to the event type; a place it does not list would be refused. */
function locationOf(
  { phoneNumber: phone }: CalcomAttendee,
  { answers }: BookRequest,
  { eventType, meetingLink }: BookingBodyOptions,
): BookingLocation | undefined {
  const type = placeTypeOf(eventType, meetingLink);
  switch (type) {
    case 'google_meet':
      return { type: 'integration', integration: 'google-meet' };
    case 'attendeePhone':
      return phone === undefined ? undefined : { type, phone };
    case 'attendeeAddress':
      return { type, address: placeAnswer(answers, type) };
    case 'attendeeDefined':
      return { type, location: placeAnswer(answers, type) };
    default:
      return undefined;
  }
}

/** @throws {RequestRefusedError} Cal.com would book without it, at a place that nobody knows */
function placeAnswer(answers: BookRequest['answers'], question: string): string {
  const answer = answers[question]?.trim();
  if (answer) return answer;
  throw new RequestRefusedError('This question must be answered.', { field: question });
}
