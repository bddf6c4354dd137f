import type { Booking } from './model.ts';

const LABELS: Record<string, string> = {
  name: 'your_name',
  email: 'email_address',
  location: 'location',
  title: 'what_is_this_meeting_about',
  notes: 'additional_notes',
  guests: 'additional_guests',
  rescheduleReason: 'reason_for_reschedule',
};

/** The answers to the fields that the owner added, which stand among all the others too. */
export function ownResponses(booking: Booking): Record<string, object> {
  const own = booking.eventType.bookingFields.filter(({ isDefault }) => !isDefault);
  const all = responses(booking, { entered: false });
  return Object.fromEntries(own.map(({ slug }) => [slug, all[slug] ?? {}]));
}

/**
 * The answers to an event type's fields, with their labels.
 *
 * @param options.entered the phone field and the place appear only while the booker's own entries are at hand
 */
export function responses(booking: Booking, options: { entered: boolean }): Record<string, object> {
  const { attendee, eventType, location } = booking;
  const values: Record<string, unknown> = {
    ...booking.responses,
    location: options.entered
      ? (booking.responses['location'] ?? { value: location, optionValue: '' })
      : undefined,
  };
  const written: Record<string, object> = {};
  if (options.entered) {
    const value = attendee.phoneNumber;
    written['attendeePhoneNumber'] = {
      label: 'phone_number',
      ...(value === undefined ? {} : { value }),
      isHidden: true,
    };
  }
  for (const field of eventType.bookingFields) {
    const value = values[field.slug];
    written[field.slug] = {
      label: LABELS[field.slug] ?? field['label'] ?? field.slug,
      ...(value === undefined ? {} : { value }),
      isHidden: field.hidden === true,
    };
  }
  return written;
}
