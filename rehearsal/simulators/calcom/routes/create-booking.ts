import { randomUUID } from 'node:crypto';
import { HttpError } from '../api-error.ts';
import { bookingAnswer } from '../booking-answer.ts';
import { draftBooking, needsConfirmation } from '../booking-draft.ts';
import { refuseBooker } from '../booking-limits.ts';
import { readBookingRequest, refuseMismatch, type BookingRequest } from '../booking-request.ts';
import { success, type Answer, type Call } from '../call.ts';
import { checkTime, refuseSameTime } from '../claim-time.ts';
import { findEventType } from '../find-event-type.ts';
import type { Booking, EventType } from '../model.ts';
import { occurrencesOf } from '../recurrence.ts';
import { asText } from '../as-text.ts';

/**
 * Public. There is no idempotency: the same request twice is a second booking, or a refusal. Only where
 * a host has yet to confirm, or hosts take turns, the same person's booking of that start is answered,
 * whatever else the second request says.
 */
export async function createBooking(call: Call): Promise<Answer> {
  const request = readBookingRequest(call.body);
  const eventType = bookableType(call);
  refuseMismatch(request, eventType);
  const now = call.clock.now();
  refuseBooker(call.state, eventType, { email: request.attendee.email, caller: call.caller, now });
  const first = sameBooking(call, eventType, request);
  if (first !== undefined) return success(bookingAnswer(call.state, first), { status: 201 });
  const placed = occurrencesOf(request, eventType).map((time) => ({
    time,
    hostIds: checkTime(call, eventType, time, null),
  }));

  await call.raceWindow();

  for (const { hostIds, time } of placed) refuseSameTime(call, hostIds, time, null);
  const recurringBookingUid = eventType.recurrence === null ? null : randomUUID();
  const bookings = placed.map(({ time, hostIds }) =>
    commit(
      call,
      draftBooking(call.state, eventType, request, { time, hostIds, recurringBookingUid, now }),
    ),
  );
  const answers = bookings.map((booking) => bookingAnswer(call.state, booking, { written: true }));
  return success(eventType.recurrence === null ? answers[0] : answers, { status: 201 });
}

function commit(call: Call, booking: Booking): Booking {
  call.state.bookings.add(booking);
  call.webhooks.send(
    booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED',
    booking,
  );
  return booking;
}

function sameBooking(
  { state }: Call,
  eventType: EventType,
  { attendee, start }: BookingRequest,
): Booking | undefined {
  if (!needsConfirmation(eventType) && eventType.schedulingType !== 'roundRobin') return undefined;
  return state.bookings
    .all()
    .find(
      (each) =>
        each.eventTypeId === eventType.id &&
        each.start === start &&
        (each.status === 'accepted' || each.status === 'pending') &&
        (attendee.email === null
          ? each.attendee.phoneNumber === attendee.phoneNumber
          : each.attendee.email === attendee.email),
    );
}

function bookableType(call: Call): EventType {
  const { eventTypeId, eventTypeSlug, username, teamSlug } = call.body;
  const eventType = findEventType(call.state, {
    eventTypeId: eventTypeId === undefined ? undefined : Number(eventTypeId),
    eventTypeSlug: textOf(eventTypeSlug),
    username: textOf(username),
    teamSlug: textOf(teamSlug),
  });
  if (eventType !== undefined) return eventType;
  const owner = username === undefined ? `team ${textOf(teamSlug)}` : `user ${textOf(username)}`;
  const named =
    eventTypeId === undefined
      ? `slug ${textOf(eventTypeSlug)} belonging to ${owner}`
      : `id ${textOf(eventTypeId)}`;
  throw new HttpError(404, `Event type with ${named} not found.`);
}

function textOf(given: unknown): string | undefined {
  return given === undefined ? undefined : asText(given);
}
