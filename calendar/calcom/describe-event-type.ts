import type { AttendeeField, BookingQuestion, CalendarDescription } from '../calendar.ts';
import { hasSeveralLengths, refuseUnsupported } from './event-type.ts';
import type { CalcomBookingField, CalcomEventType } from './event-type.ts';
import { setupError } from './setup-error.ts';

/** Fields that are filled from the attendee, or that Cal.com fills by itself. */
const FILLED = new Set(['name', 'email', 'attendeePhoneNumber', 'location', 'rescheduleReason']);
/** Types whose answer a caller can say. */
const ASKABLE = new Set([
  'text',
  'textarea',
  'number',
  'select',
  'radio',
  'boolean',
  'phone',
  'address',
  'multiselect',
  'checkbox',
  'email',
]);

/** The fields whose answers a caller must be asked for. */
export function askedFields(eventType: CalcomEventType): CalcomBookingField[] {
  return eventType.bookingFields.filter(
    (field) => field.required && !field.hidden && !FILLED.has(field.slug),
  );
}

/** Every length that can be booked, in minutes, in order. */
export function durationsOf(eventType: CalcomEventType): number[] {
  const lengths = hasSeveralLengths(eventType) ? eventType.lengthInMinutesOptions : [];
  return [...new Set([eventType.lengthInMinutes, ...(lengths ?? [])])].sort((a, b) => a - b);
}

/**
 * @param options.durationMinutes what is booked by default, where the event type has it
 * @throws {CalendarSetupError} the event type asks for what cannot be asked aloud, or is not supported
 */
export function describeEventType(
  eventType: CalcomEventType,
  options: { timeZone: string; durationMinutes: number },
): CalendarDescription {
  refuseUnsupported(eventType);
  const asked = askedFields(eventType);
  const unaskable = asked.find(({ type }) => !ASKABLE.has(type));
  if (unaskable) {
    throw setupError(
      'not-supported',
      `The event type requires the field "${unaskable.slug}" of the type ${unaskable.type}, which cannot be asked aloud: make it optional.`,
    );
  }
  const durations = durationsOf(eventType);
  return {
    timeZone: options.timeZone,
    durationMinutes: durations.includes(options.durationMinutes)
      ? options.durationMinutes
      : eventType.lengthInMinutes,
    durations,
    requiredAttendeeFields: requiredFields(eventType),
    questions: asked.map(toQuestion),
    // A round robin has as many places as hosts that are free.
    exclusive: eventType.schedulingType !== 'roundRobin',
    supports: { reschedule: true, hold: true, confirmationMail: true },
  };
}

function requiredFields(eventType: CalcomEventType): AttendeeField[] {
  const requires = (slug: string) =>
    eventType.bookingFields.some((field) => field.slug === slug && field.required && !field.hidden);
  return [
    'name',
    ...(requires('email') ? (['email'] as const) : []),
    ...(requires('attendeePhoneNumber') ? (['phone'] as const) : []),
  ];
}

function toQuestion({ slug, label, options }: CalcomBookingField): BookingQuestion {
  return {
    key: slug,
    label: label ?? slug.replaceAll(/[-_]/g, ' '),
    required: true,
    options: options ?? null,
  };
}
