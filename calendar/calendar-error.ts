import type { AttendeeField } from './calendar.ts';

/** What every calendar throws; `isRetryable` says whether the same call may succeed later unchanged. */
export abstract class CalendarError extends Error {
  abstract readonly isRetryable: boolean;
  /** What a provider answered may name a person or a booking: it stays out of the log. */
  readonly logsMessage: boolean = false;
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

/** Why a calendar refuses, where a caller should hear more than that it does. */
export type RefusalReason =
  /** Nobody may cancel appointments of this kind by themselves. */
  | 'cancelling-not-allowed'
  /** Nobody may move them by themselves. */
  | 'moving-not-allowed'
  /** The attendee has all the appointments to come that one may have. */
  | 'attendee-has-enough'
  /** The attendee has an appointment at this very time already, made another time. */
  | 'attendee-has-it-already'
  /** Only its owner, signed in at the provider, may book with this address. */
  | 'address-not-accepted'
  | 'notes-too-long';

/** The calendar refuses what it was given. Nothing was booked. */
export class RequestRefusedError extends CalendarError {
  override readonly name = 'RequestRefusedError';
  readonly isRetryable = false;
  /** The attendee's field or the key of the question at fault; null where the provider names none. */
  readonly field: AttendeeField | (string & {}) | null;
  /** Null where the provider gives none that is known. */
  readonly reason: RefusalReason | null;

  constructor(
    message: string,
    options: ErrorOptions & { field: string | null; reason?: RefusalReason },
  ) {
    super(message, options);
    this.field = options.field;
    this.reason = options.reason ?? null;
  }
}

/** Too many requests on this credential. Nothing was written. */
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

/** What is wrong with a calendar as it is set up; the same name in the log, in the doctor and in tests. */
export type SetupProblem =
  | 'key-missing'
  | 'key-refused'
  | 'key-without-rights'
  | 'event-type-missing'
  | 'slug-of-another-user'
  | 'no-availability'
  | 'not-supported';

/**
 * The title of a problem, in the words that the troubleshooting page, the log and the doctor share.
 * @param calendar the provider, as a person calls it
 */
export function troubleTitle(problem: SetupProblem, calendar: string): string {
  switch (problem) {
    case 'key-missing':
    case 'not-supported':
      return 'Calendar integration is not available';
    case 'no-availability':
      return 'No appointment slots available';
    case 'key-refused':
    case 'key-without-rights':
    case 'event-type-missing':
    case 'slug-of-another-user':
      return `Failed to initialize ${calendar} calendar`;
  }
}

/**
 * The calendar cannot be used as it is set up: only its operator can help, whom the message tells
 * how. Nothing was written.
 */
export class CalendarSetupError extends CalendarError {
  override readonly name = 'CalendarSetupError';
  readonly isRetryable = false;
  override readonly logsMessage = true;
  readonly problem: SetupProblem;
  /** What was seen, and what to do: the message without the title of the problem. */
  readonly advice: string;

  /** @param options.advice the whole message unless given */
  constructor(message: string, options: ErrorOptions & { problem: SetupProblem; advice?: string }) {
    super(message, options);
    this.problem = options.problem;
    this.advice = options.advice ?? message;
  }
}

/**
 * What is wrong with a calendar as it is set up, with its title and what its operator can do about it.
 * @param calendar the provider, as a person calls it
 */
export function setupErrorOf(
  calendar: string,
  problem: SetupProblem,
  advice: string,
  options: ErrorOptions = {},
): CalendarSetupError {
  const message = `${troubleTitle(problem, calendar)}: ${advice}`;
  return new CalendarSetupError(message, { ...options, problem, advice });
}

/** What to do, and the command that does it, where a person has a command line. */
export function withCommand(advice: string, command: string | null): string {
  return command === null ? advice : `${advice}: ${command}`;
}

/** The calendar cannot be opened as it is configured; the message is for the operator. */
export class CalendarConfigurationError extends Error {
  override readonly name = 'CalendarConfigurationError';
  /** The message without the command. */
  readonly advice: string;
  /** Of the command line; null where there is none that helps. */
  readonly command: string | null;

  constructor(advice: string, { command = null }: { command?: string | null } = {}) {
    super(withCommand(advice, command));
    this.advice = advice;
    this.command = command;
  }
}

/** Whether what was thrown is a matter of the calendar's set-up, with a message for its operator. */
export function isSetUpWrongly(
  error: unknown,
): error is CalendarConfigurationError | CalendarSetupError {
  return error instanceof CalendarConfigurationError || error instanceof CalendarSetupError;
}

/** The body of a webhook is none of its provider. */
export class WebhookUnreadableError extends Error {
  override readonly name = 'WebhookUnreadableError';
}
