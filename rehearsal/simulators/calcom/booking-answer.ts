import { utc } from './instant.ts';
import { MINUTE } from './interval.ts';
import type { Attendee, Booking } from './model.ts';
import type { CalcomState } from './state.ts';

/**
 * A booking as the API shows it, personal data and all. One of a recurring type is shown by other
 * code of Cal.com's: it does not tell what it became, who moved it, or the attendee's number.
 *
 * @param options.written answers to the calls that write a booking have one field more
 */
export function bookingAnswer(
  state: CalcomState,
  booking: Booking,
  options: { written?: boolean } = {},
): object {
  const { eventType } = booking;
  const isRecurring = booking.recurringBookingUid !== null;
  return {
    id: booking.id,
    uid: booking.uid,
    title: booking.title,
    description: '',
    hosts: booking.hostIds.map((id) => {
      const { name, email, username, timeZone } = state.account(id);
      return { id, name, email, displayEmail: email, username, timeZone };
    }),
    status: booking.status,
    cancellationReason: booking.cancellationReason,
    cancelledByEmail: '',
    ...present('reschedulingReason', booking.reschedulingReason),
    ...(isRecurring ? {} : { rescheduledByEmail: null }),
    ...present('rescheduledFromUid', booking.rescheduledFromUid),
    ...(isRecurring ? {} : present('rescheduledToUid', booking.rescheduledToUid)),
    start: utc(booking.start),
    end: utc(booking.end),
    duration: (booking.end - booking.start) / MINUTE,
    eventTypeId: booking.eventTypeId,
    eventType: booking.eventTypeId === null ? null : { id: eventType.id, slug: eventType.slug },
    meetingUrl: booking.location,
    location: booking.location,
    absentHost: false,
    createdAt: utc(booking.createdAt),
    updatedAt: utc(booking.updatedAt),
    metadata: booking.metadata,
    rating: null,
    icsUid: `${booking.rootUid}@${state.edition.domain}`,
    attendees: [booking.attendee, ...booking.guests.map((guest) => asGuest(guest, booking))].map(
      (attendee) => attendeeAnswer(attendee, { withPhone: !isRecurring }),
    ),
    ...(booking.guests.length === 0 ? {} : { guests: booking.guests }),
    bookingFieldsResponses: booking.responses,
    ...present('recurringBookingUid', booking.recurringBookingUid),
    ...(options.written === true ? { isPlatformManagedUserBooking: false } : {}),
  };
}

function present(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}

function asGuest(email: string, booking: Booking): Attendee {
  return { name: '', email, timeZone: booking.attendee.timeZone, language: 'en' };
}

function attendeeAnswer(attendee: Attendee, { withPhone }: { withPhone: boolean }): object {
  const { name, email, timeZone, language, phoneNumber } = attendee;
  return {
    name,
    email,
    displayEmail: email,
    timeZone,
    language,
    absent: false,
    ...(withPhone && phoneNumber !== undefined ? { phoneNumber } : {}),
  };
}
