import { randomUUID } from 'node:crypto';
import { HttpError, wrongProperty } from '../api-error.ts';
import { success, type Answer, type Call } from '../call.ts';
import { readInstant, utc } from '../instant.ts';
import { MINUTE, overlaps } from '../interval.ts';
import type { Reservation } from '../model.ts';

/** Minutes. */
const USUAL_DURATION = 5;

/** Hides a slot from every list of slots. It binds nobody: the slot can still be booked by anyone. */
export function createReservation(call: Call): Answer {
  const reservation = readReservation(call, randomUUID());
  refuseTaken(call, reservation);
  call.state.reservations.set(reservation.uid, reservation);
  return success(answer(reservation), { status: 201 });
}

/** Whoever holds it: a reservation stands in its own way too. */
function refuseTaken(call: Call, reservation: Reservation): void {
  const booked = call.state.bookings
    .all()
    .some(
      (each) =>
        each.eventTypeId === reservation.eventTypeId &&
        (each.status === 'accepted' || each.status === 'pending') &&
        overlaps(each, reservation),
    );
  if (booked) {
    throw new HttpError(422, "Can't reserve a slot if the event is already booked.");
  }
  const taken = [...call.state.reservations.values()].some(
    (each) =>
      each.eventTypeId === reservation.eventTypeId &&
      each.until > call.clock.now() &&
      overlaps(each, reservation),
  );
  if (taken) {
    throw new HttpError(
      422,
      'This time slot is already reserved by another user. Please choose a different time.',
    );
  }
}

export function updateReservation(call: Call): Answer {
  const uid = call.parameters['uid'] ?? '';
  if (!call.state.reservations.has(uid)) {
    throw new HttpError(404, `Slot with uid=${uid} not found`);
  }
  const reservation = readReservation(call, uid);
  refuseTaken(call, reservation);
  call.state.reservations.set(uid, reservation);
  return success(answer(reservation));
}

/** Answers null, not 404, for one that is unknown. */
export function getReservation(call: Call): Answer {
  const reservation = call.state.reservations.get(call.parameters['uid'] ?? '');
  if (reservation === undefined) return success(null);
  const { eventTypeId, slotStart, slotEnd, slotDuration, reservationUid, reservationUntil } =
    answer(reservation);
  return success({
    reservationUid,
    eventTypeId,
    slotStart,
    slotEnd,
    slotDuration,
    reservationUntil,
  });
}

export function deleteReservation(call: Call): Answer {
  call.state.reservations.delete(call.parameters['uid'] ?? '');
  return { status: 200, body: { status: 'success' } };
}

function readReservation(call: Call, uid: string): Reservation {
  const { eventTypeId, slotStart, slotDuration, reservationDuration } = call.body;
  if (reservationDuration !== undefined && call.caller === null) {
    throw new HttpError(
      401,
      'reservationDuration can only be used for authenticated requests - use access token, api key or OAuth credentials',
    );
  }
  const start = readInstant(slotStart);
  if (start === null) {
    throw wrongProperty(['slotStart'], 'slotStart must be a valid ISO 8601 date string');
  }
  const eventType = call.state.eventTypes.get(Number(eventTypeId));
  if (eventType === undefined) {
    throw new HttpError(404, `Event Type with ID=${String(eventTypeId)} not found`);
  }
  const minutes = Number(slotDuration ?? eventType.lengthInMinutes);
  const duration = Number(reservationDuration ?? USUAL_DURATION);
  return {
    uid,
    eventTypeId: eventType.id,
    hostIds: eventType.hostIds,
    start,
    end: start + minutes * MINUTE,
    duration,
    until: call.clock.now() + duration * MINUTE,
  };
}

function answer(reservation: Reservation) {
  return {
    eventTypeId: reservation.eventTypeId,
    slotStart: utc(reservation.start),
    slotEnd: utc(reservation.end),
    slotDuration: (reservation.end - reservation.start) / MINUTE,
    reservationUid: reservation.uid,
    reservationDuration: reservation.duration,
    reservationUntil: utc(reservation.until),
  };
}
