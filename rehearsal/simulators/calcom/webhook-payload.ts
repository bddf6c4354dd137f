import { randomUUID } from 'node:crypto';
import { needsConfirmation } from './booking-draft.ts';
import { utc } from './instant.ts';
import { MINUTE, type Interval } from './interval.ts';
import type { Booking } from './model.ts';
import type { CalcomState } from './state.ts';
import { asEntered, asRequested, asStored, organizer, people } from './webhook-people.ts';
import { ownResponses, responses } from './webhook-responses.ts';

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
    userFieldsResponses: ownResponses(booking),
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

/** What is told of a meeting that began or ended: the booking itself, without a payload around it. */
export function meetingBody(triggerEvent: string, booking: Booking): { triggerEvent: string } {
  const { id, uid, title, eventTypeId, location, metadata, status, responses } = booking;
  return Object.assign(
    { triggerEvent },
    {
      id,
      uid,
      userId: booking.hostIds[0] ?? null,
      eventTypeId,
      title,
      description: '',
      customInputs: {},
      responses,
      ...times(booking, 'milliseconds'),
      location,
      createdAt: utc(booking.createdAt),
      updatedAt: utc(booking.updatedAt),
      metadata,
      status: status.toUpperCase(),
    },
  );
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
