import { CalendarUnreachableError, OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import type { CalendarError } from '../../calendar/calendar-error.ts';
import type { Attendee, Booking, Calendar, Slot } from '../../calendar/calendar.ts';
import type { Database } from '../../db/database.ts';
import type { Requester } from '../../db/values.ts';
import { within } from '../../runtime/within.ts';
import type { CrashPoint } from './crash-point.ts';

/** Milliseconds. */
export interface Deadlines {
  /** How long a write at the provider may take. */
  write: number;
  /** How long a question to the provider may take. */
  lookUp: number;
  /** How long after its claim an intent's write may still be sent: a process that slept gives up. */
  sendWithin: number;
  /** How long a claim waits while the provider is asked for an overlapping time. */
  awaitOthers: number;
  /** How long a confirmed claim is believed before the provider is asked whether it still stands. */
  believeRival: number;
}

/** Longer than an adapter's own deadlines: these only keep a caller from waiting for ever. */
export const USUAL_DEADLINES: Deadlines = {
  write: 15_000,
  lookUp: 5_000,
  sendWithin: 3_000,
  awaitOthers: 6_000,
  believeRival: 30_000,
};

/**
 * Milliseconds by which the provider's clock may be behind ours: what the ledger writes is dated by
 * ours, and news that comes after it must not count as older.
 */
export const CLOCK_SKEW = 60_000;

/** What an intent needs to be carried out or settled. */
export interface IntentContext {
  db: Database;
  calendar: Calendar;
  /** The process that has the call; nothing is asked of its row unless given. */
  holder?: string | undefined;
  /** The usual ones unless given. */
  deadlines?: Deadlines;
  /** Told of every boundary between two steps of an intent; a test ends the process there. */
  onStep?: (name: CrashPoint) => void | Promise<void>;
  /**
   * How whoever asks by hand names the request: the same name is the same wish, done once for all
   * time. Without it a wish is known by what is wished for, as that of a call.
   */
  requestKey?: string | null;
  /** No offer was made of the time: the calendar has to list it. */
  mustBeListed?: boolean;
}

/** What a change is asked for with: by a call, or by hand outside of any call. */
export interface ChangeContext extends IntentContext {
  organizationId: string;
  agentId: string | null;
  callId: string | null;
  calendarConnectionId: string;
  bookingEventId: string;
  eventType: string;
  /** Named as the organizer in the calendar file that the attendee gets; nobody writes to it. */
  organizerEmail: string | null;
  /** Who asks by hand. */
  requestedBy?: Requester | null;
}

/** A call's context. */
export interface LedgerContext extends ChangeContext {
  agentId: string;
  callId: string;
  /** The ids of the calendars that block what is booked: what is promised in them is not offered. */
  busyCalendars?: readonly string[];
}

export interface LedgerEntry {
  slot: Slot;
  attendee: Attendee;
  notes: string | null;
  /** By the key of each question of the event type. */
  answers: Record<string, string>;
}

export interface LedgerMove {
  /** An appointment of the context's calendar connection. */
  appointmentId: string;
  slot: Slot;
  reason: string;
}

export interface LedgerCancellation {
  /** An appointment of the context's calendar connection. */
  appointmentId: string;
  reason: string;
}

export type LedgerOutcome =
  /** Done; a booking that its owner has yet to accept has the status `pending`. */
  | { state: 'confirmed'; booking: Booking; appointmentId: string }
  /** Somebody else has the time. Nothing was changed. */
  | { state: 'taken' }
  /** Nothing was changed. */
  | { state: 'refused'; error: CalendarError }
  /**
   * It may or may not have happened: the caller must be told so, and the reconciler settles it.
   * `error` is for the log, where something of ours failed; `intentId` is there of a booking.
   */
  | { state: 'unknown'; intentId?: string; error?: unknown };

type WithDeadlines = Pick<IntentContext, 'deadlines'>;

/** The context's own deadlines, or the usual ones. */
export function deadlinesOf({ deadlines }: WithDeadlines): Deadlines {
  return deadlines ?? USUAL_DEADLINES;
}

/**
 * Waits for a write of the calendar no longer than its deadline.
 * @throws {OutcomeUnknownError} when the time is over; the work itself goes on
 */
export function writtenInTime<T>(context: WithDeadlines, work: Promise<T>): Promise<T> {
  const { write } = deadlinesOf(context);
  return within(write, work, () => new OutcomeUnknownError(`No answer within ${write} ms.`));
}

/**
 * Waits for an answer of the calendar no longer than its deadline.
 * @throws {CalendarUnreachableError} when the time is over; the work itself goes on
 */
export function answeredInTime<T>(context: WithDeadlines, work: Promise<T>): Promise<T> {
  const { lookUp } = deadlinesOf(context);
  return within(lookUp, work, () => new CalendarUnreachableError(`No answer within ${lookUp} ms.`));
}
