import { BareError, CodedError, HttpError, wrongProperty } from '../api-error.ts';
import { bookingAnswer } from '../booking-answer.ts';
import { needsConfirmation } from '../booking-draft.ts';
import { callerOf, success, type Answer, type Call } from '../call.ts';
import { checkTime, refuseSameTime } from '../claim-time.ts';
import { createBookingUid } from '../identifiers.ts';
import { readInstant } from '../instant.ts';
import type { Booking } from '../model.ts';
import { asTextOrNull } from '../as-text.ts';

/** Public, personal data and all: whoever knows a uid knows the caller. */
export function getBooking(call: Call): Answer {
  return success(
    bookingAnswer(
      call.state,
      findBooking(call, (uid) => `${uid} was not found in the database`),
    ),
  );
}

/**
 * Public. Makes a new booking with a new uid and cancels the old one, also for the time it has already.
 * One that awaits its host does so no longer when the host's own key moves it.
 */
export async function rescheduleBooking(call: Call): Promise<Answer> {
  const old = findBooking(call, (uid) => `${uid} was not found in the database`);
  refuseMoved(old);
  const start = readInstant(call.body['start']);
  if (start === null) {
    throw wrongProperty(['start'], 'start must be a valid ISO 8601 date string');
  }
  const eventType =
    old.eventTypeId === null ? undefined : call.state.eventTypes.get(old.eventTypeId);
  if (eventType === undefined) {
    throw new HttpError(404, `Event type with id ${old.eventTypeId} not found.`);
  }
  const time = { start, end: start + (old.end - old.start) };
  const hostIds = checkTime(call, eventType, time, old);

  await call.raceWindow();

  refuseSameTime(call, hostIds, time, old);
  const now = call.clock.now();
  const reason = call.body['reschedulingReason'];
  const moved: Booking = {
    ...old,
    ...time,
    hostIds,
    id: call.state.nextId('booking'),
    uid: createBookingUid(),
    sequence: old.sequence + 1,
    status: needsConfirmation(eventType) && !isHost(call, old) ? 'pending' : 'accepted',
    rescheduledFromUid: old.uid,
    rescheduledToUid: null,
    reschedulingReason: asTextOrNull(reason),
    responses: withReason(old.responses, reason),
    createdAt: now,
    updatedAt: now,
  };
  Object.assign(old, { status: 'cancelled', rescheduledToUid: moved.uid, updatedAt: now });
  call.state.bookings.add(moved);
  call.webhooks.send(
    moved.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_RESCHEDULED',
    moved,
    old,
  );
  return success(bookingAnswer(call.state, moved, { written: true }), { status: 201 });
}

/** The reason of an earlier move is not this one's. */
function withReason(before: Booking['responses'], reason: unknown): Booking['responses'] {
  const responses = { ...before };
  delete responses['rescheduledReason'];
  return reason === undefined ? responses : { ...responses, rescheduledReason: reason };
}

/** Public for an attendee; a host who is known by a key owes a reason. */
export function cancelBooking(call: Call): Answer {
  const booking = findBooking(call, (uid) => `${uid} not found`);
  if (booking.status === 'cancelled') {
    throw new HttpError(
      400,
      `Can't cancel booking with uid=${booking.uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
    );
  }
  const reason = call.body['cancellationReason'];
  if (booking.eventTypeId !== null && booking.eventType.disableCancelling.disabled) {
    throw new BareError(400, 'This event type does not allow cancellations');
  }
  if (isHost(call, booking) && (reason === undefined || reason === '')) {
    throw new BareError(400, 'Cancellation reason is required');
  }
  change(call, booking, { status: 'cancelled', cancellationReason: asTextOrNull(reason) ?? '' });
  call.webhooks.send('BOOKING_CANCELLED', booking);
  return success(bookingAnswer(call.state, booking));
}

/** Announces the booking as created: there is no trigger for a confirmation. */
export function confirmBooking(call: Call): Answer {
  const booking = findPending(call);
  change(call, booking, { status: 'accepted' });
  call.webhooks.send('BOOKING_CREATED', booking);
  return success(bookingAnswer(call.state, booking));
}

export function declineBooking(call: Call): Answer {
  const booking = findPending(call);
  const reason = call.body['reason'];
  change(call, booking, {
    status: 'rejected',
    rejectionReason: asTextOrNull(reason),
  });
  call.webhooks.send('BOOKING_REJECTED', booking);
  return success(bookingAnswer(call.state, booking));
}

function isHost({ caller }: Call, { hostIds }: Booking): boolean {
  return caller !== null && hostIds.includes(caller.id);
}

function change(call: Call, booking: Booking, changes: Partial<Booking>): void {
  Object.assign(booking, changes, { updatedAt: call.clock.now() });
}

function findBooking(call: Call, missing: (uid: string) => string): Booking {
  const uid = call.parameters['bookingUid'] ?? '';
  const booking = call.state.bookings.find(uid);
  if (booking === undefined) throw new HttpError(404, `Booking with uid=${missing(uid)}`);
  return booking;
}

function findPending(call: Call): Booking {
  const booking = findBooking(call, (uid) => `${uid} not found`);
  if (!booking.hostIds.includes(callerOf(call).id)) {
    throw new HttpError(403, 'The booking belongs to another user');
  }
  if (booking.status === 'accepted') {
    throw new CodedError(400, 'TRPCError', 'Booking already confirmed');
  }
  if (booking.status !== 'pending') {
    throw new CodedError(400, 'TRPCError', `Booking is ${booking.status}`);
  }
  return booking;
}

function refuseMoved(booking: Booking): void {
  if (booking.status !== 'cancelled' && booking.status !== 'rejected') return;
  const refusal = `Can't reschedule booking with uid=${booking.uid} because it has been`;
  if (booking.rescheduledToUid === null) {
    throw new HttpError(
      400,
      `${refusal} ${booking.status}. Please provide uid of a booking that is not ${booking.status}.`,
    );
  }
  throw new HttpError(
    400,
    `${refusal} cancelled and rescheduled already to booking with uid=${booking.rescheduledToUid}. You probably want to reschedule ${booking.rescheduledToUid} instead by passing it within the request URL.`,
  );
}
