import type { CalendarDescription } from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import type { CalendlyEventType } from './event-type.ts';
import { isAsked, isCalled, PLACE_QUESTION, placeOf } from './places.ts';
import { askedQuestions, phoneQuestion, takesNotes, unaskableQuestion } from './questions.ts';
import { setupError } from './setup-error.ts';

/**
 * Why an event type can never be booked here, or not truthfully, and what its owner can change; null
 * where it can.
 */
export function faultOf(eventType: CalendlyEventType): string | null {
  if (eventType.deleted_at) return 'The event type was deleted.';
  if (!eventType.active) return 'The event type is switched off: switch it on in Calendly.';
  if (eventType.booking_method === 'poll') {
    return 'The event type is a poll, whose times are voted for: name one that is booked at once.';
  }
  if (eventType.kind === 'group') {
    return 'The event type is for groups: cancelling one of its bookings would cancel everybody’s.';
  }
  if (eventType.pooling_type) {
    return 'The event type is a team’s, and its bookings may be another host’s, where they cannot be looked up: name a one-on-one event type of the token’s owner.';
  }
  const unaskable = unaskableQuestion(eventType);
  if (!unaskable) return null;
  return `The event type requires an answer to "${unaskable.name}" of the type ${unaskable.type}, which cannot be asked aloud: make it optional.`;
}

/** @throws {CalendarSetupError} `not-supported`, with what its operator can change */
export function refuseUnsupported(eventType: CalendlyEventType): void {
  const fault = faultOf(eventType);
  if (fault !== null) throw setupError('not-supported', fault);
}

/** @throws {CalendarSetupError} the event type is not supported */
export function describeEventType(
  eventType: CalendlyEventType,
  { timeZone, meetingLink }: { timeZone: string; meetingLink: MeetingLink },
): CalendarDescription {
  refuseUnsupported(eventType);
  const place = placeOf(eventType, meetingLink);
  const needsNumber = isCalled(place) || phoneQuestion(eventType) !== undefined;
  return {
    timeZone,
    durationMinutes: eventType.duration,
    durations: [eventType.duration],
    requiredAttendeeFields: ['name', 'email', ...(needsNumber ? (['phone'] as const) : [])],
    questions: [...askedQuestions(eventType), ...(isAsked(place) ? [PLACE_QUESTION] : [])],
    remarks: remarksOf(eventType),
    exclusive: true,
    supports: { reschedule: true, confirmationMail: true },
  };
}

/** What callers will meet of the event type's settings, for its operator. */
function remarksOf(eventType: CalendlyEventType): string[] {
  const { duration, duration_options: options } = eventType;
  return [
    'a move is a new booking at Calendly and a cancellation of the old one: two mails to the attendee',
    // Its API takes no length with a booking.
    ...((options?.length ?? 0) > 1
      ? [`only its usual length, ${duration} minutes, is booked`]
      : []),
    ...(takesNotes(eventType) ? [] : ['what callers add is kept here alone: it asks for no text']),
  ];
}
