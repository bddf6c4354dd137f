import type { BookingQuestion } from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import { offersGoogleMeet } from './event-type.ts';
import type { CalcomBookingField, CalcomEventType } from './event-type.ts';

/** Fields that are filled from the attendee, or that Cal.com fills by itself. */
const FILLED = new Set([
  'name',
  'splitName',
  'email',
  'attendeePhoneNumber',
  'location',
  'title',
  'rescheduleReason',
]);

/** The one answer that a box takes which must be ticked. */
export const YES = 'yes';

/** The fields whose answers a caller must be asked for. */
export function askedFields(eventType: CalcomEventType): CalcomBookingField[] {
  return eventType.bookingFields.filter(
    (field) => field.required && !field.hidden && !FILLED.has(field.slug),
  );
}

/** What is asked where the attendee says where the meeting takes place, by the type of place. */
export const PLACE_QUESTIONS: Partial<Record<string, BookingQuestion>> = {
  attendeeAddress: {
    key: 'attendeeAddress',
    label: 'At which address of yours shall we meet?',
    required: true,
    options: null,
  },
  attendeeDefined: {
    key: 'attendeeDefined',
    label: 'Where shall we meet?',
    required: true,
    options: null,
  },
};

/** The type of place that a booking will be at, or Google Meet; null where the event type names none. */
export function placeTypeOf(eventType: CalcomEventType, meetingLink: MeetingLink): string | null {
  if (meetingLink === 'google_meet' && offersGoogleMeet(eventType)) return meetingLink;
  return eventType.locations[0]?.type ?? null;
}
