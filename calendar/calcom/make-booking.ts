import {
  CalendarError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import { isLive } from '../calendar.ts';
import type { Booking, BookRequest } from '../calendar.ts';
import type { BookingBody } from './booking-body.ts';
import { keyOf, toBooking, WrittenBookingAnswer } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { findByKey } from './find-bookings.ts';
import { setupError } from './setup-error.ts';

/** Milliseconds, all attempts together; with the look-up below the 15 s that a caller waits. */
const WRITE_TIMEOUT = 7_000;
const LOOK_UP_TIMEOUT = 3_000;

interface SendBookingOptions {
  /** IANA; the calendar's. */
  timeZone: string;
  /** What a caller can be asked for anew: fields of the attendee and keys of questions. */
  askable: readonly string[];
}

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
 * Sends a booking. Of what is refused nothing is made: where Cal.com does not accept what a caller
 * never said, their time zone or the place of meeting, it is sent again with what is sure.
 * @throws {CalendarSetupError} it accepts neither, and no caller can help
 * @throws {CalendarError}
 */
async function sendBooking(
  client: CalcomClient,
  body: BookingBody,
  options: SendBookingOptions,
): Promise<CalcomBookingRecord> {
  const ends = performance.now() + WRITE_TIMEOUT;
  for (let sent = body; ;) {
    try {
      return await client.call({
        method: 'POST',
        path: ['bookings'],
        body: sent,
        answer: WrittenBookingAnswer,
        timeout: ends - performance.now(),
      });
    } catch (error) {
      if (!(error instanceof RequestRefusedError) || error.reason !== null) throw error;
      const { field } = error;
      if (field === null || options.askable.includes(field)) throw error;
      const surer = withSure(sent, field, options);
      if (surer === null) {
        const facts = `Cal.com does not accept the "${field}" that it is sent, and no caller can say another.`;
        throw setupError('not-supported', facts, { cause: error });
      }
      sent = surer;
    }
  }
}

/** The body with a sure value in the place of one that was refused; null where there is none left. */
function withSure(
  { location, ...body }: BookingBody,
  field: string,
  { timeZone }: SendBookingOptions,
): BookingBody | null {
  if (field === 'timeZone') {
    const zones = [...new Set([body.attendee.timeZone, timeZone, 'UTC'])];
    const next = zones[zones.indexOf(body.attendee.timeZone) + 1];
    if (next === undefined) return null;
    const attendee = { ...body.attendee, timeZone: next };
    return { ...body, attendee, ...(location ? { location } : {}) };
  }
  // The event type's own place; one that the attendee named is not left out in silence.
  return field === 'location' && location?.type === 'integration' ? body : null;
}

/**
 * The booking that a key made, as it is now; null where there is none that stands: one that was
 * cancelled is no answer to a wish to book.
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
  return found.find(isLive) ?? null;
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
