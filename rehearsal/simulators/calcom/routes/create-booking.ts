import { HttpError } from '../api-error.ts';
import { bookingAnswer } from '../booking-answer.ts';
import { draftBooking } from '../booking-draft.ts';
import { readBookingRequest, refuseMismatch } from '../booking-request.ts';
import { success, type Answer, type Call } from '../call.ts';
import { checkTime, refuseSameTime } from '../claim-time.ts';
import { findEventType } from '../find-event-type.ts';
import { createBookingUid } from '../identifiers.ts';
import type { Booking, EventType } from '../model.ts';
import { occurrencesOf } from '../recurrence.ts';
import { asText } from '../as-text.ts';

/** Public. There is no idempotency: the same request twice is a second booking, or a refusal. */
export async function createBooking(call: Call): Promise<Answer> {
  const request = readBookingRequest(call.body);
  const eventType = bookableType(call);
  refuseMismatch(request, eventType);
  const placed = occurrencesOf(request, eventType).map((time) => ({
    time,
    hostIds: checkTime(call, eventType, time, null),
  }));

  await call.raceWindow();

  for (const { hostIds, time } of placed) refuseSameTime(call, hostIds, time, null);
  const recurringBookingUid = eventType.recurrence === null ? null : createBookingUid();
  const now = call.clock.now();
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

function bookableType(call: Call): EventType {
  const { eventTypeId, eventTypeSlug, username, teamSlug } = call.body;
  const eventType = findEventType(call.state, {
    eventTypeId: eventTypeId === undefined ? undefined : Number(eventTypeId),
    eventTypeSlug: textOf(eventTypeSlug),
    username: textOf(username),
    teamSlug: textOf(teamSlug),
  });
  if (eventType !== undefined) return eventType;
  const named =
    eventTypeId === undefined
      ? `slug ${textOf(eventTypeSlug)} of ${textOf(username) ?? textOf(teamSlug)}`
      : `id ${textOf(eventTypeId)}`;
  throw new HttpError(404, `Event type with ${named} not found.`);
}

function textOf(given: unknown): string | undefined {
  return given === undefined ? undefined : asText(given);
}
