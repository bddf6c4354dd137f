import type { AttendeeField, BookingQuestion, CalendarDescription } from '../calendar.ts';
import type { MeetingLink } from '../provider.ts';
import { askedFields, PLACE_QUESTIONS, placeTypeOf, YES } from './booking-fields.ts';
import { awaitsConfirmation, hasSeveralLengths, isRecurring } from './event-type.ts';
import type { CalcomBookingField, CalcomEventType } from './event-type.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** Every length that can be booked, in minutes, in order. */
export function durationsOf(eventType: CalcomEventType): number[] {
  const lengths = hasSeveralLengths(eventType) ? eventType.lengthInMinutesOptions : [];
  return [...new Set([eventType.lengthInMinutes, ...(lengths ?? [])])].sort((a, b) => a - b);
}

export interface DescribeOptions {
  /** IANA. */
  timeZone: string;
  /** What is booked by default, where the event type has it. */
  durationMinutes: number;
  meetingLink: MeetingLink;
}

/** @throws {CalendarSetupError} the event type is not supported, or asks for what cannot be asked aloud */
export function describeEventType(
  eventType: CalcomEventType,
  { timeZone, durationMinutes, meetingLink }: DescribeOptions,
): CalendarDescription {
  refuseUnsupported(eventType);
  const durations = durationsOf(eventType);
  const place = placeTypeOf(eventType, meetingLink);
  const placeQuestion = PLACE_QUESTIONS[place ?? ''];
  return {
    timeZone,
    durationMinutes: durations.includes(durationMinutes)
      ? durationMinutes
      : eventType.lengthInMinutes,
    durations,
    requiredAttendeeFields: requiredFields(eventType, place),
    questions: [
      ...askedFields(eventType).map(toQuestion),
      ...(placeQuestion === undefined ? [] : [placeQuestion]),
    ],
    remarks: remarksOf(eventType),
    // A round robin has as many places as hosts that are free.
    exclusive: eventType.schedulingType !== 'roundRobin',
    supports: { reschedule: true, confirmationMail: true },
  };
}

function requiredFields(eventType: CalcomEventType, place: string | null): AttendeeField[] {
  const shown = (slug: string) =>
    eventType.bookingFields.find((field) => field.slug === slug && !field.hidden);
  const email = shown('email');
  // Where the address has no field it is dropped, and an attendee who is called must leave a number.
  const byPhone = !email || place === 'attendeePhone' || shown('attendeePhoneNumber')?.required;
  return [
    'name',
    ...(email?.required ? (['email'] as const) : []),
    ...(byPhone ? (['phone'] as const) : []),
  ];
}

function toQuestion({ slug, type, label, options }: CalcomBookingField): BookingQuestion {
  return {
    key: slug,
    label: label || slug.replaceAll(/[-_]/g, ' '),
    required: true,
    // A box that is required must be ticked.
    options: type === 'boolean' ? [YES] : (options ?? null),
  };
}

/** What callers will meet of the event type's settings, for its operator. */
function remarksOf(eventType: CalcomEventType): string[] {
  const most = eventType.bookerActiveBookingsLimit?.maximumActiveBookings;
  const boxes = askedFields(eventType).filter(({ type }) => type === 'boolean');
  return [
    ...boxes.map((box) => `callers must say yes to "${toQuestion(box).label}"`),
    ...(awaitsConfirmation(eventType) ? ['each booking awaits its owner'] : []),
    ...(isRecurring(eventType) ? ['one appointment is booked, not the whole row'] : []),
    ...(most ? [`an address may have ${most} to come`] : []),
    ...(eventType.disableCancelling?.disabled ? ['nobody can cancel'] : []),
    ...(eventType.disableRescheduling?.disabled ? ['nobody can move'] : []),
  ];
}
