import {
  CalendarError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { Booking, BookRequest } from '../calendar.ts';
import { isLiveRecord, marksOf, toBooking, uidOf } from './booking-record.ts';
import type { CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { findAtStart } from './find-bookings.ts';
import { refusalOf } from './refusal.ts';
import { sendBooking } from './send-booking.ts';
import type { BookingBody, BookingSender } from './send-booking.ts';

/** Milliseconds. */
const LOOK_UP_TIMEOUT = 2_500;

export interface Attempt {
  body: BookingBody;
  start: Date;
  /** Whether a meeting at that start is the one that this attempt made. */
  isOurs: (record: CalendlyRecord) => boolean;
  /** URI of the host. */
  user: string;
  /** Whether Calendly lists the time still. */
  isFree: () => Promise<boolean>;
}

/**
 * Sends a booking once. Calendly knows no idempotency: after anything but a plain answer the booking is
 * looked up by who comes, when, and our marks, before anything is said of it.
 * @throws {SlotUnavailableError} {OutcomeUnknownError} {CalendarError}
 */
export async function attemptBooking(
  sender: BookingSender,
  attempt: Attempt,
): Promise<CalendlyRecord> {
  try {
    const record = await sendBooking(sender, attempt.body);
    if (attempt.isOurs(record) && isLiveRecord(record)) return record;
    throw new OutcomeUnknownError(
      'Calendly answers with a booking that is not what was asked for.',
    );
  } catch (error) {
    const isOfTime = error instanceof SlotUnavailableError || isAboutTime(error);
    if (!isOfTime && !(error instanceof OutcomeUnknownError)) throw error;
    const made = await lookUp(sender.client, attempt, error);
    if (made) return made;
    throw isAboutTime(error) ? await asTaken(error, attempt) : error;
  }
}

/**
 * The booking that a key made at a time; undefined where there is none that stands: one that was
 * cancelled is no answer to a wish to book.
 * @throws {CalendarError}
 */
export async function findMade(
  client: CalendlyClient,
  user: string,
  { key, slot, attendee }: BookRequest,
): Promise<Booking | undefined> {
  const { email } = attendee;
  if (email === null) return undefined;
  const record = await findAtStart(
    client,
    { user, email: email.toLowerCase(), start: slot.start },
    (each) => marksOf(each.invitee).key === key && isLiveRecord(each),
    LOOK_UP_TIMEOUT,
  );
  return record && toBooking(record, marksOf(record.invitee).root ?? uidOf(record));
}

/** Calendly does not say that a time is taken in one way alone. */
function isAboutTime(error: unknown): error is RequestRefusedError {
  return (
    error instanceof RequestRefusedError &&
    Boolean(refusalOf(error)?.parameters.includes('start_time'))
  );
}

/** A refusal of the time, as what it is: taken, unless Calendly lists it still. */
async function asTaken(error: RequestRefusedError, { isFree }: Attempt): Promise<CalendarError> {
  try {
    if (await isFree()) return error;
  } catch (failure) {
    if (!(failure instanceof CalendarError)) throw failure;
  }
  return new SlotUnavailableError('Calendly refuses the time.', { cause: error });
}

async function lookUp(
  client: CalendlyClient,
  { user, body, start, isOurs }: Attempt,
  cause: unknown,
): Promise<CalendlyRecord | undefined> {
  try {
    return await findAtStart(
      client,
      { user, email: body.invitee.email, start },
      (record) => isOurs(record) && isLiveRecord(record),
      LOOK_UP_TIMEOUT,
    );
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether it was booked could not be looked up.', { cause });
  }
}
