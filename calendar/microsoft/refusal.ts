import { z } from 'zod';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  RequestRefusedError,
} from '../calendar-error.ts';
import type { CalendarError } from '../calendar-error.ts';
import { setupError } from './setup-error.ts';

const EnvelopeSchema = z.object({ error: z.object({ code: z.string().min(1) }) });

/** What Graph refused. Its messages are for people and may name some: status and code decide. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`Graph answered ${status} ${code}.`);
    this.status = status;
    this.code = code;
  }
}

/** Somebody has changed the event since it was read. Nothing was written. */
export class ChangedMeanwhileError extends CalendarUnreachableError {}

/** Whether a body is an error in Graph's own words. */
export function isRefusal(body: unknown): boolean {
  return EnvelopeSchema.safeParse(body).success;
}

/** The refusal behind a calendar error, for who must tell two of one class apart. */
export function refusalOf(error: unknown): GraphRefusal | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof GraphRefusal ? cause : null;
}

export const CONNECT_AGAIN = 'Microsoft does not accept the sign-in any more: connect it again.';

/** A recipient that Exchange cannot write to. */
const OF_ADDRESS = /^Error(InvalidRecipients|InvalidSmtpAddress|InvalidEmailAddress|NoRecipients)/;
/** An id that cannot be one, or one of another mailbox. */
const OF_ID = /^ErrorInvalidId|^ErrorInvalidMailboxItemId/;
const OF_MAILBOX =
  /^(MailboxNotEnabledForRESTAPI|MailboxNotSupportedForRESTAPI|ErrorNonExistentMailbox)/;

/**
 * The calendar error of an answer from 400 to 499, with the refusal as its cause.
 * @param of what was asked for: of an event that is not found there is no booking
 */
export function toCalendarError(
  status: number,
  body: unknown,
  of: 'event' | 'calendar',
): CalendarError {
  const code = EnvelopeSchema.safeParse(body).data?.error.code ?? 'without a code';
  const cause = new GraphRefusal(status, code);
  if (status === 401) return setupError('key-refused', CONNECT_AGAIN, { cause });
  if (OF_MAILBOX.test(code)) {
    return setupError(
      'not-supported',
      'The account has no mailbox in Exchange Online, so it has no calendar that can be reached: connect an account that has one.',
      { cause },
    );
  }
  if (code.startsWith('ErrorQuotaExceeded')) {
    return setupError('not-supported', 'The mailbox is full: make room in it.', { cause });
  }
  if (status === 403) {
    return setupError(
      'key-without-rights',
      'The account may not do this in the calendar: connect it again and grant what is asked for, or let its administrator approve it.',
      { cause },
    );
  }
  if (status === 404 || OF_ID.test(code)) {
    if (of === 'event') {
      return new BookingNotFoundError('The calendar has no such booking.', { cause });
    }
    return setupError(
      'event-type-missing',
      'A calendar of the account is gone: connect it again, and say which is booked into.',
      { cause },
    );
  }
  if (status === 412) {
    return new ChangedMeanwhileError('Nothing was written: somebody else changed it meanwhile.', {
      cause,
    });
  }
  return new RequestRefusedError('The calendar refuses the appointment.', {
    cause,
    field: OF_ADDRESS.test(code) ? 'email' : null,
  });
}
