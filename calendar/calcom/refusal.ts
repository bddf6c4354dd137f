import { z } from 'zod';
import {
  BookingNotFoundError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { CalendarError, RefusalReason } from '../calendar-error.ts';
import { setupError, VERIFICATION } from './setup-error.ts';

const CommonEnvelope = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z
      .object({
        errors: z.array(z.object({ constraints: z.record(z.string(), z.string()).optional() })),
      })
      .optional()
      .catch(undefined),
  }),
});
const BareEnvelope = z.object({ statusCode: z.number(), message: z.string() });

/** What Cal.com refused, read from either of its two error envelopes. */
export class CalcomRefusal extends Error {
  override readonly name = 'CalcomRefusal';
  readonly logsMessage = false;
  readonly status: number;
  /** Null in the bare envelope. */
  readonly code: string | null;

  constructor(status: number, code: string | null, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether a body is one of Cal.com's error envelopes. */
export function isRefusal(body: unknown): boolean {
  return CommonEnvelope.safeParse(body).success || BareEnvelope.safeParse(body).success;
}

/** Reads both error envelopes; a body that is neither is a refusal without words. */
export function readRefusal(status: number, body: unknown): CalcomRefusal {
  const common = CommonEnvelope.safeParse(body);
  if (common.success) {
    const { code, message, details } = common.data.error;
    const faults = details?.errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
    return new CalcomRefusal(status, code, faults?.length ? faults.join('; ') : message);
  }
  const bare = BareEnvelope.safeParse(body);
  return new CalcomRefusal(status, null, bare.success ? bare.data.message : `HTTP ${status}`);
}

/** The refusal behind a calendar error, for who must tell two of one class apart. */
export function refusalOf(error: unknown): CalcomRefusal | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof CalcomRefusal ? cause : null;
}

/** Cal.com gives most refusals of a time one status and one code: only the words differ. */
const NOT_FREE =
  /already has booking at this time|is not available|is already reserved|event is already booked|in the past|can't be booked at the "start" time|booking_conflict_error/i;
/** Said with 401, as if it were a matter of the key. */
const FULL = /^(booking|duration)_limit_reached$/;
const NO_CONTACT = /at least one contact method/i;
const FIELD_PATTERNS = [
  /responses - \{(\w+)\}/,
  /Missing required booking field response: ([\w-]+)/,
  /booking field '([\w-]+)'/,
  /Missing (attendee phone) number/,
  /Booking (location) with/,
  /attendee property is wrong, ?(\w+) property is wrong/,
  /^(\w+) property is wrong/,
];
const FIELD_NAMES: Record<string, string> = {
  phoneNumber: 'phone',
  attendeePhoneNumber: 'phone',
  'attendee phone': 'phone',
};
/** Refusals that a caller should hear more of than that there is one. */
const REASONS: [words: RegExp, reason: RefusalReason][] = [
  [/does not allow cancellations/i, 'cancelling-not-allowed'],
  [/maximum number of active bookings/i, 'attendee-has-enough'],
  [/email has been blocked|cannot use this email/i, 'address-not-accepted'],
  [/responses - \{notes\}max_characters_allowed/, 'notes-too-long'],
];

/** The calendar error of a refusal, which stays its cause. */
export function toCalendarError(refusal: CalcomRefusal): CalendarError {
  const { status, message } = refusal;
  const options = { cause: refusal };
  if (status === 409 || FULL.test(message) || (isOfInput(status) && NOT_FREE.test(message))) {
    return new SlotUnavailableError('Cal.com says that the time is not free.', options);
  }
  const reason = REASONS.find(([words]) => words.test(message))?.[1];
  if (reason !== undefined) {
    return new RequestRefusedError('Cal.com refuses the request.', {
      ...options,
      reason,
      field: reason === 'address-not-accepted' ? 'email' : fieldOf(message),
    });
  }
  if (/email_verification_required/.test(message)) {
    return setupError('not-supported', VERIFICATION, options);
  }
  if (status === 401) return setupError('key-refused', '', options);
  if (status === 403) return setupError('key-without-rights', '', options);
  if (status === 404 && /^Booking with uid/i.test(message)) {
    return new BookingNotFoundError('Cal.com has no such booking.', options);
  }
  if (status === 404 && /event type/i.test(message)) {
    return setupError('event-type-missing', '', options);
  }
  if (status === 404 && /^(Cannot (GET|POST|PATCH|DELETE)|HTTP 404)/.test(message)) {
    return setupError('not-supported', 'The address does not serve version 2 of the API.', options);
  }
  return new RequestRefusedError('Cal.com refuses the request.', {
    ...options,
    field: fieldOf(message),
  });
}

function isOfInput(status: number): boolean {
  return status === 400 || status === 422;
}

function fieldOf(message: string): string | null {
  if (NO_CONTACT.test(message)) return 'phone';
  for (const pattern of FIELD_PATTERNS) {
    const name = pattern.exec(message)?.[1];
    if (name !== undefined) return FIELD_NAMES[name] ?? name;
  }
  return null;
}
