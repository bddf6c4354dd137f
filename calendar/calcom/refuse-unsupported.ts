import { askedFields } from './booking-fields.ts';
import { hasSeats } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';
import { setupError, VERIFICATION } from './setup-error.ts';

/** Types of fields whose answer a caller can say, and that Cal.com's API takes. */
const ASKABLE = new Set([
  'text',
  'textarea',
  'select',
  'radio',
  'boolean',
  'phone',
  'address',
  'multiselect',
  'checkbox',
  'email',
]);

/**
 * Refuses an event type that can never be booked here, or not truthfully, before anybody is offered a
 * time of it.
 * @throws {CalendarSetupError} `not-supported`, with what its operator can change
 */
export function refuseUnsupported(eventType: CalcomEventType): void {
  const why = whyNot(eventType);
  if (why !== null) throw setupError('not-supported', why);
}

function whyNot(eventType: CalcomEventType): string | null {
  if (hasSeats(eventType)) {
    return 'The event type has seats: cancelling one of its bookings would cancel everybody’s.';
  }
  if (eventType.schedulingType === 'managed') {
    return 'The event type is managed, a template: name the event type of one of its members.';
  }
  if (eventType.requiresBookerEmailVerification) return VERIFICATION;
  if (eventType.bookingFields.some(({ lastNameRequired }) => lastNameRequired)) {
    return 'The event type requires a last name in a field of its own, which Cal.com’s API cannot fill: make the last name optional, or ask for the whole name in one field.';
  }
  const unaskable = askedFields(eventType).find(({ type }) => !ASKABLE.has(type));
  if (!unaskable) return null;
  const { slug, type } = unaskable;
  return type === 'number'
    ? `The event type requires the field "${slug}" of the type number, and Cal.com’s API refuses every answer to one: make it optional, or a short text.`
    : `The event type requires the field "${slug}" of the type ${type}, which cannot be asked aloud: make it optional.`;
}
