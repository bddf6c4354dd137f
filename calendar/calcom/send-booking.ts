import { RequestRefusedError } from '../calendar-error.ts';
import type { BookingBody } from './booking-body.ts';
import { WrittenBookingAnswer } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { setupError } from './setup-error.ts';

/** Milliseconds, all attempts together; all of an operation stay below the 15 s that its caller waits. */
const WRITE_TIMEOUT = 7_000;

export interface SendBookingOptions {
  /** IANA; the calendar's. */
  timeZone: string;
  /** What a caller can be asked for anew: fields of the attendee and keys of questions. */
  askable: readonly string[];
}

/**
 * Sends a booking. Of what is refused nothing is made: where Cal.com does not accept what a caller
 * never said, their time zone or the place of meeting, it is sent again with what is sure.
 * @throws {CalendarSetupError} it accepts neither, and no caller can help
 * @throws {CalendarError}
 */
export async function sendBooking(
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
