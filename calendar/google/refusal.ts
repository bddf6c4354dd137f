import { z } from 'zod';
import {
  BookingNotFoundError,
  CalendarUnreachableError,
  RateLimitedError,
  RequestRefusedError,
} from '../calendar-error.ts';
import type { CalendarError } from '../calendar-error.ts';
import { setupError } from './setup-error.ts';

/** Milliseconds: Google promises no Retry-After, and counts by the minute. */
const HASTE_PAUSE = 10_000;

const EnvelopeSchema = z.object({
  error: z.object({
    code: z.number(),
    errors: z.array(z.object({ domain: z.string(), reason: z.string() })).default([]),
  }),
});

/** Somebody has changed the event since it was read. Nothing was written. */
export class ChangedMeanwhileError extends CalendarUnreachableError {}

/** An event of that id is there already, or was, and was deleted. Nothing was written. */
export class DuplicateIdError extends RequestRefusedError {
  constructor() {
    super('The calendar has an event of this id already.', { field: null });
  }
}

/** What was asked for was deleted, or a mark of what was read is too old. */
export class GoneError extends BookingNotFoundError {}

/** What Google says of a request that it did not carry out. */
export interface GoogleRefusal {
  status: number;
  domain: string;
  reason: string;
}

/** Whether a body is a refusal in Google's own words: a proxy's page is none. */
export function isRefusal(body: unknown): boolean {
  return EnvelopeSchema.safeParse(body).success;
}

export function readRefusal(status: number, body: unknown): GoogleRefusal {
  const [first] = EnvelopeSchema.safeParse(body).data?.error.errors ?? [];
  return { status, domain: first?.domain ?? '', reason: first?.reason ?? '' };
}

/** Whether too much was asked in too short a time: only then is a 403 no matter of rights. */
export function isHaste({ status, domain }: GoogleRefusal): boolean {
  return status === 429 || (status === 403 && domain === 'usageLimits');
}

/** The error of a refusal; nothing was done. */
export function toCalendarError({ status, domain, reason }: GoogleRefusal): CalendarError {
  if (isHaste({ status, domain, reason })) {
    return new RateLimitedError('Google refuses further requests for now.', {
      retryAfter: HASTE_PAUSE,
    });
  }
  switch (status) {
    case 401:
      return setupError(
        'key-refused',
        'Google does not accept the access that was granted. Connect the calendar again.',
      );
    case 403:
      return forbidden(reason);
    case 404:
      return new BookingNotFoundError('Google has no such calendar or event.');
    case 409:
      return reason === 'duplicate'
        ? new DuplicateIdError()
        : new RequestRefusedError(`Google refuses the event (${reason}).`, { field: null });
    case 410:
      return new GoneError('Google has it no more.');
    case 412:
      return new ChangedMeanwhileError('Nothing was written: somebody else changed it meanwhile.');
    default:
      return new RequestRefusedError(`Google refuses the request (${status} ${reason}).`, {
        field: null,
      });
  }
}

function forbidden(reason: string): CalendarError {
  switch (reason) {
    case 'insufficientPermissions':
    case 'ACCESS_TOKEN_SCOPE_INSUFFICIENT':
      return setupError(
        'key-without-rights',
        'Whoever signed in did not allow all that is needed. Connect the calendar again, and leave every box ticked.',
      );
    case 'accessNotConfigured':
    case 'SERVICE_DISABLED':
      return setupError(
        'not-supported',
        'The Google Calendar API is switched off in the Google Cloud project of the client: switch it on there.',
      );
    case 'forbiddenForNonOrganizer':
      return new RequestRefusedError('Only who organises the event may change it.', {
        field: null,
      });
    default:
      return setupError(
        'key-without-rights',
        `The account may not do this in the calendar (${reason || 'no reason given'}): let its owner share it with the right to make changes, or choose another calendar.`,
      );
  }
}
