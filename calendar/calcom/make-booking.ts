import {
  CalendarError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { Booking, BookRequest } from '../calendar.ts';
import type { BookingBody } from './booking-body.ts';
import { keyOf, toBooking } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { findByKey } from './find-bookings.ts';
import { sendBooking } from './send-booking.ts';
import type { SendBookingOptions } from './send-booking.ts';

/** Milliseconds; all of an operation stay below the 15 s that its caller waits. */
const LOOK_UP_TIMEOUT = 3_000;

export interface MakeBookingOptions extends SendBookingOptions {
  body: BookingBody;
  /** Whether Cal.com answers a booking of the same person and start that was there before. */
  mayAnswerFormer: boolean;
}

/**
 * Sends a booking once. Cal.com knows no idempotency: after anything but a plain answer the booking
 * is looked up by time and key before anything is said of it.
 * @throws {CalendarError}
 */
export async function makeBooking(
  client: CalcomClient,
  request: BookRequest,
  { body, mayAnswerFormer, ...options }: MakeBookingOptions,
): Promise<Booking> {
  try {
    const record = await sendBooking(client, body, options);
    const key = keyOf(record);
    if (key !== request.key && (key !== null || mayAnswerFormer)) {
      throw new RequestRefusedError('The attendee has a booking of that time already.', {
        field: null,
        reason: 'attendee-has-it-already',
      });
    }
    return toBooking(record, record.uid);
  } catch (error) {
    if (!(error instanceof SlotUnavailableError) && !(error instanceof OutcomeUnknownError)) {
      throw error;
    }
    const made = await lookUp(client, request, error);
    if (made) return made;
    throw error;
  }
}

/**
 * The booking that a key made, as it is now; null where there is none that stands: one that was
 * cancelled is no answer to who wants to book.
 * @throws {CalendarError}
 */
export async function findMade(
  client: CalcomClient,
  { slot, key }: BookRequest,
): Promise<Booking | null> {
  // By its time: the address that was sent may not be the one that was kept.
  const atThatTime = {
    afterStart: new Date(slot.start.getTime() - 1_000).toISOString(),
    beforeEnd: new Date(slot.end.getTime() + 1_000).toISOString(),
  };
  const limits = { partOfWrite: true, timeout: LOOK_UP_TIMEOUT };
  const found = await findByKey(client, key, [[atThatTime]], limits);
  return found.find(({ status }) => status === 'confirmed' || status === 'pending') ?? null;
}

async function lookUp(
  client: CalcomClient,
  request: BookRequest,
  cause: CalendarError,
): Promise<Booking | null> {
  try {
    return await findMade(client, request);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether it was booked could not be looked up.', { cause });
  }
}
