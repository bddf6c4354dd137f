import { minutesOf } from '../calendar.ts';
import type { BookRequest } from '../calendar.ts';
import { toFieldResponses } from './answers.ts';
import { toCalcomAttendee } from './attendee.ts';
import type { CalcomAttendee } from './attendee.ts';
import { KEY_NAME } from './booking-record.ts';
import { hasSeveralLengths, isRecurring, offersGoogleMeet } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';

export interface BookingBodyOptions {
  eventType: CalcomEventType;
  requiredAttendeeFields: readonly string[];
  timeZone: string;
  meetingLink: 'provider' | 'google_meet';
}

/**
 * The body of a booking.
 * @throws {RequestRefusedError} naming what Cal.com would refuse, or should and does not
 */
export function bookingBody(request: BookRequest, options: BookingBodyOptions): object {
  const { eventType, requiredAttendeeFields: required, timeZone } = options;
  const attendee = toCalcomAttendee(request.attendee, { required, timeZone });
  const responses = toFieldResponses(eventType, request);
  const location = locationOf(attendee, options);
  return {
    eventTypeId: eventType.id,
    start: request.slot.start.toISOString(),
    attendee,
    metadata: { [KEY_NAME]: request.key, source: 'slotline' },
    ...(Object.keys(responses).length > 0 ? { bookingFieldsResponses: responses } : {}),
    ...(location ? { location } : {}),
    ...(hasSeveralLengths(eventType) ? { lengthInMinutes: minutesOf(request.slot) } : {}),
    // One slot was offered and said, so one booking is made, not the whole row.
    ...(isRecurring(eventType) ? { recurrenceCount: 1 } : {}),
  };
}

/** Undefined leaves the choice to the event type; a place it does not list would be refused. */
function locationOf(
  { phoneNumber }: CalcomAttendee,
  { eventType, meetingLink }: BookingBodyOptions,
): object | undefined {
  if (meetingLink === 'google_meet' && offersGoogleMeet(eventType)) {
    return { type: 'integration', integration: 'google-meet' };
  }
  if (eventType.locations[0]?.type === 'attendeePhone' && phoneNumber !== undefined) {
    return { type: 'attendeePhone', phone: phoneNumber };
  }
  return undefined;
}
