import {
  CalendarError,
  CalendarSetupError,
  OutcomeUnknownError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { Slot } from '../calendar.ts';
import { isLiveRecord, WrittenBookingAnswer } from './booking-record.ts';
import type { CalcomBookingRecord } from './booking-record.ts';
import type { CalcomClient } from './client.ts';
import { ReferenceChain } from './reference-chain.ts';
import { refusalOf } from './refusal.ts';

/** Milliseconds; all of an operation stay below the 15 s that its caller waits. */
const READ_TIMEOUT = 3_000;
const WRITE_TIMEOUT = 7_000;
const LIMITS = { partOfWrite: true, timeout: READ_TIMEOUT };
/** Cal.com refuses to cancel without one. */
const NO_REASON = 'No reason was given.';
const ALREADY_DONE = /cancelled already|been rejected|already been cancelled/i;
const ALREADY_MOVED = /rescheduled already to booking with uid=/;

/**
 * What has become of a booking, and the uid of the first booking of its chain. Both are read before
 * anything is written: after a write that was answered nothing may fail any more.
 */
export async function readForChange(
  client: CalcomClient,
  reference: string,
): Promise<{ present: CalcomBookingRecord; root: string }> {
  const chain = new ReferenceChain(client, [], LIMITS);
  const present = await chain.present(reference);
  return { present, root: await chain.root(present) };
}

export interface Move {
  slot: Slot;
  reason: string;
  /** Asks without the owner's key, as an attendee does: what the owner has to accept stays to accept. */
  asAttendee: boolean;
}

/**
 * Moves a booking that is elsewhere. Its uid changes.
 * @throws {CalendarError}
 */
export async function moveBooking(
  client: CalcomClient,
  record: CalcomBookingRecord,
  { slot, reason, asAttendee }: Move,
): Promise<CalcomBookingRecord> {
  const isMoved = (present: CalcomBookingRecord) =>
    present.start.getTime() === slot.start.getTime() && isLiveRecord(present);
  try {
    const moved = await client.call({
      method: 'POST',
      path: ['bookings', record.uid, 'reschedule'],
      body: { start: slot.start.toISOString(), reschedulingReason: reason || NO_REASON },
      answer: WrittenBookingAnswer,
      withoutKey: asAttendee,
      timeout: WRITE_TIMEOUT,
    });
    if (isMoved(moved)) return moved;
    throw new OutcomeUnknownError('Cal.com answers a move with a booking that is not there.');
  } catch (error) {
    if (asAttendee && error instanceof CalendarSetupError) {
      throw new RequestRefusedError('Cal.com lets nobody but the owner move it.', {
        cause: error,
        field: null,
        reason: 'moving-not-allowed',
      });
    }
    const wasMoved = ALREADY_MOVED.test(refusalOf(error)?.message ?? '');
    const isDoubtful = error instanceof OutcomeUnknownError;
    if (!wasMoved && !isDoubtful && !(error instanceof SlotUnavailableError)) throw error;
    const present = await presentOr(client, record.uid, error);
    if (isMoved(present)) return present;
    if (!wasMoved) throw error;
    throw new RequestRefusedError('Somebody else moved the booking at the same time.', {
      cause: error,
      field: null,
    });
  }
}

/**
 * Cancels a booking, which is the end of it however often it is asked for.
 * @throws {CalendarError}
 */
export async function cancelBooking(
  client: CalcomClient,
  record: CalcomBookingRecord,
  reason: string,
): Promise<CalcomBookingRecord> {
  try {
    const cancelled = await client.call({
      method: 'POST',
      path: ['bookings', record.uid, 'cancel'],
      body: { cancellationReason: reason.trim() || NO_REASON },
      answer: WrittenBookingAnswer,
      timeout: WRITE_TIMEOUT,
    });
    if (!isLiveRecord(cancelled)) return cancelled;
    throw new OutcomeUnknownError('Cal.com answers a cancellation with a booking that stands.');
  } catch (error) {
    const isDone = ALREADY_DONE.test(refusalOf(error)?.message ?? '');
    if (!isDone && !(error instanceof OutcomeUnknownError)) throw error;
    const present = await presentOr(client, record.uid, error);
    if (!isLiveRecord(present)) return present;
    throw error;
  }
}

/** What became of a booking after a write; while it cannot be read, nobody knows. */
async function presentOr(
  client: CalcomClient,
  uid: string,
  cause: unknown,
): Promise<CalcomBookingRecord> {
  try {
    return await new ReferenceChain(client, [], LIMITS).present(uid);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new OutcomeUnknownError('Whether the booking was changed could not be read.', { cause });
  }
}
