import { createBookingUid } from './identifiers.ts';
import type { BookingRequest } from './booking-request.ts';
import type { Interval } from './interval.ts';
import type { Attendee, Booking, EventType } from './model.ts';
import type { CalcomState } from './state.ts';
import { asText } from './as-text.ts';

/** What a host without a name is called where people read it. */
export const NAMELESS = 'Nameless';

/** A booking that was asked for, not yet in the book. */
export function draftBooking(
  state: CalcomState,
  eventType: EventType,
  request: BookingRequest,
  placed: { time: Interval; hostIds: number[]; recurringBookingUid: string | null; now: number },
): Booking {
  const uid = createBookingUid();
  const attendee = attendeeOf(request, eventType);
  const place = placeOf(request, eventType, state.edition.video);
  const host = state.account(placed.hostIds[0] ?? eventType.ownerId);
  return {
    ...placed.time,
    id: state.nextId('booking'),
    uid,
    rootUid: uid,
    sequence: 0,
    eventTypeId: eventType.id,
    eventType,
    title: `${eventType.title} between ${host.name ?? NAMELESS} and ${attendee.name}`,
    hostIds: placed.hostIds,
    status: needsConfirmation(eventType) ? 'pending' : 'accepted',
    blocksWhilePending: eventType.confirmationPolicy['blockUnconfirmedBookingsInBooker'] === true,
    cancellationReason: '',
    rejectionReason: null,
    rescheduledFromUid: null,
    rescheduledToUid: null,
    reschedulingReason: null,
    location: place.location,
    createdAt: placed.now,
    updatedAt: placed.now,
    metadata: request.metadata,
    attendee,
    guests: request.guests,
    responses: {
      email: attendee.email,
      ...(attendee.phoneNumber === undefined ? {} : { attendeePhoneNumber: attendee.phoneNumber }),
      name: attendee.name,
      ...request.responses,
      ...(place.response === null ? {} : { location: place.response }),
      ...(request.guests.length === 0 ? {} : { guests: request.guests }),
      displayEmail: attendee.email,
      ...(request.guests.length === 0 ? {} : { displayGuests: request.guests }),
    },
    recurringBookingUid: placed.recurringBookingUid,
  };
}

export function needsConfirmation(eventType: EventType): boolean {
  return eventType.confirmationPolicy['disabled'] !== true;
}

/**
 * A phone number alone becomes an address, whatever the number looks like; where the e-mail field is
 * hidden an address that is given all the same is dropped.
 */
function attendeeOf({ attendee }: BookingRequest, eventType: EventType): Attendee {
  const field = eventType.bookingFields.find(({ slug }) => slug === 'email');
  const given = field?.hidden === true ? null : attendee.email;
  const bySms = attendee.phoneNumber && `${attendee.phoneNumber.replace(/^\+/, '')}@sms.cal.com`;
  return { ...attendee, email: given ?? bySms ?? '' };
}

interface Place {
  location: string;
  /** What the answers repeat of a place that was asked for. */
  response: { value: string; optionValue: string } | null;
}

function placeOf(request: BookingRequest, eventType: EventType, video: string): Place {
  const asked = request.location;
  if (asked === null) return { location: usualPlace(eventType, video), response: null };
  const { type, phone, link, address, location, integration } = asked;
  switch (type) {
    case 'attendeePhone':
      return { location: asText(phone), response: { value: 'phone', optionValue: asText(phone) } };
    case 'attendeeAddress':
    case 'attendeeDefined': {
      const told = asText(address ?? location);
      return { location: told, response: { value: KINDS[type], optionValue: told } };
    }
    case 'integration': {
      const name = `integrations:${asText(integration)}`;
      return { location: name, response: { value: name, optionValue: '' } };
    }
    default: {
      const own = eventType.locations.find((each) => each.type === type) ?? {};
      const told = asText(link ?? phone ?? address ?? placeWritten(own, video));
      return { location: told, response: { value: asText(type), optionValue: '' } };
    }
  }
}

/** Cal.com's own words for a place that is the attendee's to name: they stand where none was named. */
const KINDS = {
  attendeePhone: 'phone',
  attendeeAddress: 'attendeeInPerson',
  attendeeDefined: 'somewhereElse',
};

function usualPlace(eventType: EventType, video: string): string {
  const [first] = eventType.locations;
  if (first === undefined) return video;
  return KINDS[first.type as keyof typeof KINDS] ?? placeWritten(first, video);
}

function placeWritten(location: Record<string, unknown>, video: string): string {
  const { phone, link, address, integration, type } = location;
  if (integration !== undefined) return `integrations:${asText(integration)}`;
  return asText(phone ?? link ?? address ?? type ?? video);
}
