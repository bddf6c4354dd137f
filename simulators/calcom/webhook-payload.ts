import { DateTime } from 'luxon';
import { randomUUID } from 'node:crypto';
import { needsConfirmation } from './booking-draft.ts';
import { utc } from './instant.ts';
import { MINUTE, type Interval } from './interval.ts';
import type { Attendee, Booking } from './model.ts';
import type { CalcomState } from './state.ts';

export interface PayloadContext {
  state: CalcomState;
  bookerUrl: string;
}

/**
 * What Cal.com tells of a booking. Every trigger comes from another of its corners: the fields, and how
 * an instant is written, differ between them, as was recorded.
 *
 * @param previous the booking that was moved
 */
export function webhookPayload(
  context: PayloadContext,
  trigger: string,
  booking: Booking,
  previous: Booking | null,
): Record<string, unknown> {
  const { eventType } = booking;
  const common = {
    bookerUrl: context.bookerUrl,
    title: booking.title,
    type: eventType.slug,
    organizer: organizer(context.state, booking),
    additionalNotes: '',
    description: eventType.description,
    eventTypeId: booking.eventTypeId,
    seatsPerTimeSlot: null,
    customReplyToEmail: null,
    hideOrganizerEmail: false,
    hideBranding: false,
    customInputs: {},
    userFieldsResponses: {},
    location: booking.location,
    uid: booking.uid,
    bookingId: booking.id,
    eventTitle: eventType.title,
    eventDescription: eventType.description === '' ? null : eventType.description,
    currency: 'usd',
    length: (booking.end - booking.start) / MINUTE,
  };
  const shown = {
    hideCalendarNotes: false,
    hideCalendarEventDetails: false,
    disableRescheduling: false,
    disableCancelling: false,
  };
  const calendarFile = {
    iCalUID: `${booking.rootUid}@CoachOS Booking`,
    iCalSequence: booking.sequence,
  };
  const conference = booking.location.startsWith('integrations:')
    ? { conferenceData: { createRequest: { requestId: randomUUID() } } }
    : {};

  switch (trigger) {
    case 'BOOKING_CANCELLED':
      return {
        ...common,
        ...times(booking, 'offset'),
        attendees: people(booking, asStored),
        responses: responses(booking, { entered: false }),
        destinationCalendar: [],
        seatsShowAttendees: false,
        ...calendarFile,
        iCalSequence: booking.sequence + 1,
        schedulingType: eventType.schedulingType,
        requiresConfirmation: null,
        price: null,
        status: 'CANCELLED',
        requestReschedule: false,
        ...(booking.cancellationReason === ''
          ? {}
          : { cancellationReason: booking.cancellationReason }),
      };
    case 'BOOKING_REJECTED':
      return {
        ...common,
        ...shown,
        ...times(booking, 'milliseconds'),
        attendees: people(booking, asStored),
        responses: responses(booking, { entered: false }),
        destinationCalendar: [],
        requiresConfirmation: true,
        seatsShowAttendees: false,
        organizationId: null,
        assignmentReason: null,
        rejectionReason: booking.rejectionReason ?? '',
        price: 0,
        status: 'REJECTED',
      };
    case 'BOOKING_REQUESTED':
      return {
        ...common,
        ...shown,
        ...times(booking, 'milliseconds'),
        attendees: people(booking, asRequested),
        schedulingType: eventType.schedulingType,
        seatsShowAttendees: true,
        seatsShowAvailabilityCount: true,
        responses: responses(booking, { entered: false }),
        ...calendarFile,
        requiresConfirmation: true,
        oneTimePassword: randomUUID(),
        platformClientId: '',
        platformRescheduleUrl: '',
        platformCancelUrl: '',
        platformBookingUrl: '',
        organizationId: null,
        hashedLink: null,
        status: 'PENDING',
        price: 0,
        assignmentReason: [],
        destinationCalendar: null,
        metadata: booking.metadata,
      };
    default: {
      if (trigger === 'BOOKING_CREATED' && needsConfirmation(eventType)) {
        return {
          ...common,
          ...shown,
          ...times(booking, 'milliseconds'),
          ...conference,
          attendees: people(booking, asStored),
          responses: responses(booking, { entered: false }),
          destinationCalendar: [],
          requiresConfirmation: true,
          seatsShowAttendees: false,
          organizationId: null,
          assignmentReason: null,
          price: 0,
          metadata: booking.metadata,
          status: 'ACCEPTED',
        };
      }
      return {
        ...common,
        ...shown,
        ...times(booking, 'seconds'),
        ...conference,
        attendees: people(booking, asEntered),
        schedulingType: eventType.schedulingType,
        seatsShowAttendees: true,
        seatsShowAvailabilityCount: true,
        responses: responses(booking, { entered: true }),
        destinationCalendar: null,
        ...(previous === null ? calendarFile : { iCalSequence: booking.sequence, appsStatus: [] }),
        requiresConfirmation: false,
        oneTimePassword: null,
        hashedLink: null,
        ...recurring(booking),
        price: 0,
        ...(previous === null ? {} : moved(previous)),
        metadata: booking.metadata,
        status: 'ACCEPTED',
      };
    }
  }
}

function moved(previous: Booking): object {
  return {
    rescheduleId: previous.id,
    rescheduleUid: previous.uid,
    rescheduleStartTime: times(previous, 'seconds').startTime,
    rescheduleEndTime: times(previous, 'seconds').endTime,
  };
}

function times(interval: Interval, written: 'milliseconds' | 'seconds' | 'offset') {
  const write = (instant: number): string => {
    if (written === 'milliseconds') return utc(instant);
    return utc(instant).replace('.000Z', written === 'offset' ? '+00:00' : 'Z');
  };
  return { startTime: write(interval.start), endTime: write(interval.end) };
}

/** Frequencies are numbered as in iCalendar's rules: yearly is 0. */
function recurring(booking: Booking): object {
  const { recurrence } = booking.eventType;
  if (recurrence === null) return {};
  const freq = ['yearly', 'monthly', 'weekly', 'daily'].indexOf(recurrence.frequency);
  const { occurrences, interval } = recurrence;
  return { recurringEvent: { freq, count: occurrences, interval } };
}

function organizer(state: CalcomState, booking: Booking): object {
  const host = state.account(booking.hostIds[0] ?? booking.eventType.ownerId);
  const { id, name, email, username, timeZone } = host;
  const language = { locale: 'en' };
  const utcOffset = offset(timeZone, booking);
  return { id, name, email, username, timeZone, language, timeFormat: 'h:mma', utcOffset };
}

type Person = (attendee: Attendee) => object;

function people(booking: Booking, person: Person): object[] {
  const { timeZone } = booking.attendee;
  const guests = booking.guests.map((email) => ({ name: '', email, timeZone, language: 'en' }));
  return [booking.attendee, ...guests].map((attendee) => ({
    email: attendee.email,
    name: attendee.name,
    timeZone: attendee.timeZone,
    language: { locale: attendee.language },
    utcOffset: offset(attendee.timeZone, booking),
    ...person(attendee),
  }));
}

/** As the booker typed it. */
const asEntered: Person = ({ phoneNumber }) => ({
  firstName: '',
  lastName: '',
  ...(phoneNumber === undefined ? {} : { phoneNumber }),
});

/** As the database keeps it. */
const asStored: Person = ({ phoneNumber }) => ({ phoneNumber: phoneNumber ?? null });

const asRequested: Person = ({ name, phoneNumber }) => {
  const [firstName = '', ...rest] = name.split(' ');
  return {
    phoneNumber: phoneNumber ?? null,
    bookingSeat: null,
    firstName,
    lastName: rest.join(' '),
  };
};

/** Minutes. */
function offset(timeZone: string, booking: Booking): number {
  return DateTime.fromMillis(booking.start, { zone: timeZone }).offset;
}

const LABELS: Record<string, string> = {
  name: 'your_name',
  email: 'email_address',
  location: 'location',
  title: 'what_is_this_meeting_about',
  notes: 'additional_notes',
  guests: 'additional_guests',
  rescheduleReason: 'reason_for_reschedule',
};

/** @param options.entered the phone field and the place appear only while the booker's own entries are at hand */
function responses(booking: Booking, options: { entered: boolean }): Record<string, object> {
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
