import type { AttendeeField } from './calendar.ts';

/** What every calendar throws; `isRetryable` says whether the same call may succeed later unchanged. */
export abstract class CalendarError extends Error {
  abstract readonly isRetryable: boolean;
}

/** The slot is taken, past, off the grid or out of range. Nothing was booked. */
export class SlotUnavailableError extends CalendarError {
  override readonly name = 'SlotUnavailableError';
  readonly isRetryable = false;
}

/** The calendar has no booking of that reference. */
export class BookingNotFoundError extends CalendarError {
  override readonly name = 'BookingNotFoundError';
  readonly isRetryable = false;
}

/** The calendar refuses what it was given. Nothing was booked. */
export class RequestRefusedError extends CalendarError {
  override readonly name = 'RequestRefusedError';
  readonly isRetryable = false;
  /** The field at fault; null where the provider names none. */
  readonly field: AttendeeField | null;

  constructor(message: string, options: ErrorOptions & { field: AttendeeField | null }) {
    super(message, options);
    this.field = options.field;
  }
}

/**
 * Too many requests on this credential. Nothing was written.
 * @public for the adapters of real providers
 */
export class RateLimitedError extends CalendarError {
  override readonly name = 'RateLimitedError';
  readonly isRetryable = true;
  /** Milliseconds to wait. */
  readonly retryAfter: number;

  constructor(message: string, options: ErrorOptions & { retryAfter: number }) {
    super(message, options);
    this.retryAfter = options.retryAfter;
  }
}

/**
 * The credential is refused or lacks a right. Nothing was written.
 * @public for the adapters of real providers
 */
export class CalendarUnauthorizedError extends CalendarError {
  override readonly name = 'CalendarUnauthorizedError';
  readonly isRetryable = false;
}

/** The calendar could not be asked, and for a write: the request certainly never reached it. */
export class CalendarUnreachableError extends CalendarError {
  override readonly name = 'CalendarUnreachableError';
  readonly isRetryable = true;
}

/** A write was sent and its outcome is not known: look it up before anything else. */
export class OutcomeUnknownError extends CalendarError {
  override readonly name = 'OutcomeUnknownError';
  readonly isRetryable = false;
}
