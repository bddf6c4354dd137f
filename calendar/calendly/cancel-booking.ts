import { z } from 'zod';
import {
  BookingNotFoundError,
  CalendarError,
  CalendarSetupError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../calendar-error.ts';
import { uidOf } from './booking-record.ts';
import type { CalendlyEvent, CalendlyRecord } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { readEvent } from './read-records.ts';

/** Milliseconds. */
const WRITE_TIMEOUT = 4_000;
const READ_TIMEOUT = 2_500;
const NO_REASON = 'No reason was given.';

const CancellationAnswer = z.object({ resource: z.object({}) });

/**
 * Cancels a meeting, which is the end of it however often it is asked for.
 * @param now for one that is over, which Calendly keeps as it is
 * @throws {OutcomeUnknownError} it may stand, or may not
 * @throws {RequestRefusedError} {CalendarSetupError} it stands as it was
 * @throws {CalendarError} nothing was done
 */
export async function cancelMeeting(
  client: CalendlyClient,
  record: CalendlyRecord,
  { reason, now }: { reason: string; now: Date },
): Promise<CalendlyRecord> {
  let failed: unknown = null;
  try {
    await client.call({
      method: 'POST',
      path: ['scheduled_events', uidOf(record), 'cancellation'],
      body: { reason: reason.trim() || NO_REASON },
      answer: CancellationAnswer,
      timeout: WRITE_TIMEOUT,
    });
  } catch (error) {
    const mayBeDone =
      error instanceof OutcomeUnknownError ||
      error instanceof RequestRefusedError ||
      error instanceof CalendarSetupError ||
      error instanceof BookingNotFoundError;
    if (!mayBeDone) throw error;
    failed = error;
  }
  // The answer says who cancelled, and not how the meeting stands.
  const event = await readAfter(client, record, failed);
  if (event.status === 'canceled') return { ...record, event };
  // Calendly has one answer for what was cancelled before, what is over and a token that may not.
  if (failed instanceof CalendarSetupError && event.start_time <= now) {
    throw new RequestRefusedError('Calendly cancels no meeting that has begun.', {
      cause: failed,
      field: null,
      reason: 'cancelling-not-allowed',
    });
  }
  throw failed instanceof CalendarError
    ? failed
    : new OutcomeUnknownError('Calendly answers a cancellation, and the meeting stands.');
}

async function readAfter(
  client: CalendlyClient,
  record: CalendlyRecord,
  cause: unknown,
): Promise<CalendlyEvent> {
  try {
    return await readEvent(client, uidOf(record), { partOfWrite: true, timeout: READ_TIMEOUT });
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether it was cancelled could not be read.', {
      cause: cause ?? error,
    });
  }
}
