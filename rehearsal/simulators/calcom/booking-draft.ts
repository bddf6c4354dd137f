import { createBookingUid } from './identifiers.ts';
import type { BookingRequest } from './booking-request.ts';
import type { Interval } from './interval.ts';
import type { Attendee, Booking, EventType } from './model.ts';
import type { CalcomState } from './state.ts';
import { asText } from './as-text.ts';

/** Where Cal.com puts a meeting whose event type names no place. */
const OWN_VIDEO = 'integrations:coachos_meet';

/** A booking that was asked for, not yet in the book. */
export function draftBooking(
  state: CalcomState,
  eventType: EventType,
  request: BookingRequest,
  placed: { time: Interval; hostIds: number[]; recurringBookingUid: string | null; now: number },
): Booking {
  const uid = createBookingUid();
  const attendee = attendeeOf(request);
  const place = placeOf(request, eventType);
  const host = state.account(placed.hostIds[0] ?? eventType.ownerId);
  return {
    ...placed.time,
    id: state.nextId('booking'),
    uid,
    rootUid: uid,
    sequence: 0,
    eventTypeId: eventType.id,
    eventType,
    title: `${eventType.title} between ${host.name} and ${attendee.name}`,
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

/** A phone number alone becomes an address, whatever the number looks like. */
function attendeeOf(request: BookingRequest): Attendee {
  const { attendee } = request;
  const email = attendee.email ?? `${attendee.phoneNumber?.replace(/^\+/, '')}@sms.cal.com`;
  return { ...attendee, email };
}

interface Place {
  location: string;
  /** What the answers repeat of a place that was asked for. */
  response: { value: string; optionValue: string } | null;
}

function placeOf(request: BookingRequest, eventType: EventType): Place {
  const asked = request.location;
  if (asked === null) return { location: usualPlace(eventType), response: null };
  const { type, phone, link, address, location, integration } = asked;
  switch (type) {
    case 'attendeePhone':
      return { location: asText(phone), response: { value: 'phone', optionValue: asText(phone) } };
    case 'attendeeAddress':
    case 'attendeeDefined': {
      const told = asText(address ?? location);
      return { location: told, response: { value: asText(type), optionValue: told } };
    }
    case 'integration': {
      const name = `integrations:${asText(integration)}`;
      return { location: name, response: { value: name, optionValue: '' } };
    }
    default: {
      const own = eventType.locations.find((each) => each.type === type) ?? {};
      const told = asText(link ?? phone ?? address ?? placeWritten(own));
      return { location: told, response: { value: asText(type), optionValue: '' } };
    }
  }
}

function usualPlace(eventType: EventType): string {
  const [first] = eventType.locations;
  if (first === undefined) return OWN_VIDEO;
  if (first.type === 'attendeePhone') return 'phone';
  return placeWritten(first);
}

function placeWritten(location: Record<string, unknown>): string {
  const { phone, link, address, integration, type } = location;
  if (integration !== undefined) return `integrations:${asText(integration)}`;
  return asText(phone ?? link ?? address ?? type ?? OWN_VIDEO);
}
