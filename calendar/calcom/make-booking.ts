import { CalendarError, OutcomeUnknownError, SlotUnavailableError } from '../calendar-error.ts';
import type { Booking, BookRequest } from '../calendar.ts';
import { smsAddress, toBooking, WrittenBookingAnswer } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { findCalcomBookings } from './find-bookings.ts';

/** Milliseconds; all of an operation stay below the 15 s that its caller waits. */
const WRITE_TIMEOUT = 7_000;
const LOOK_UP_TIMEOUT = 3_000;

export interface MakeBookingOptions {
  /** The slug. */
  eventType: string;
  now: () => Date;
}

/**
 * Sends a booking once. Cal.com knows no idempotency: after anything but a plain answer the booking
 * is looked up by attendee, start and key before anything is said of it.
 * @throws {CalendarError}
 */
export async function makeBooking(
  client: CalcomClient,
  request: BookRequest,
  { body, ...options }: MakeBookingOptions & { body: object },
): Promise<Booking> {
  try {
    const record = await client.call({
      method: 'POST',
      path: ['bookings'],
      body,
      answer: WrittenBookingAnswer,
      timeout: WRITE_TIMEOUT,
    });
    return toBooking(record, record.uid);
  } catch (error) {
    if (!(error instanceof SlotUnavailableError) && !(error instanceof OutcomeUnknownError)) {
      throw error;
    }
    const made = await lookUp(client, request, options, error);
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
  { slot, attendee, key }: BookRequest,
  { eventType, now }: MakeBookingOptions,
): Promise<Booking | null> {
  const email = attendee.email ?? smsAddress(attendee.phone ?? '');
  const found = await findCalcomBookings(client, {
    query: { key },
    candidates: {
      attendeeEmail: email.toLowerCase(),
      afterStart: new Date(slot.start.getTime() - 1_000).toISOString(),
      beforeEnd: new Date(slot.end.getTime() + 1_000).toISOString(),
    },
    eventType,
    now,
    limits: { partOfWrite: true, timeout: LOOK_UP_TIMEOUT },
  });
  return found.find(({ status }) => status === 'confirmed' || status === 'pending') ?? null;
}

async function lookUp(
  client: CalcomClient,
  request: BookRequest,
  options: MakeBookingOptions,
  cause: CalendarError,
): Promise<Booking | null> {
  try {
    return await findMade(client, request, options);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether it was booked could not be looked up.', { cause });
  }
}
