import { CalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { RateLimitedError } from '../calendar/calendar-error.ts';
import { PhoneSyncError } from '../calls/trunks/phone-sync-error.ts';
import type { ManageFault } from '../manage/manage-error.ts';
import { ManageError } from '../manage/manage-error.ts';
import { ApiError } from './errors.ts';

/** Every code that an answer of the office may carry of itself, with its HTTP status. */
const STATUS = {
  invalid_request: 400,
  not_signed_in: 401,
  key_refused: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  taken: 409,
  in_use: 409,
  refused: 409,
  last_owner: 409,
  changed_since: 412,
  body_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  idempotency_key_reused: 422,
  if_match_required: 428,
  // What somebody else's server said: a proxy before us puts no page of its own in the place of these.
  calendar_trouble: 424,
  phone_trouble: 424,
  no_answer: 424,
  too_many_requests: 429,
  internal: 500,
  not_ready: 503,
} as const;

export type ProblemCode = keyof typeof STATUS;

/** An answer that says what was wrong, as RFC 9457 writes it; the words are meant for the client. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable: a program goes by it. */
  readonly code: string;
  /** The part of the request at fault, as a path; undefined where none is. */
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    options: ErrorOptions & { field?: string | undefined; headers?: Record<string, string> } = {},
  ) {
    super(detail, options);
    this.status = STATUS[code];
    this.code = code;
    this.field = options.field;
    this.headers = options.headers ?? {};
  }
}

/** What is sent as `application/problem+json`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  field?: string;
}

/** Our problems have no pages of their own: the type is `about:blank`, the code tells them apart. */
export function toProblemBody(problem: {
  status: number;
  code: string;
  detail: string;
  field?: string | undefined;
}): ProblemBody {
  const { status, code, detail, field } = problem;
  const title = code.replaceAll('_', ' ');
  const body = { type: 'about:blank', title, status, code, detail };
  return field === undefined ? body : { ...body, field };
}

const OF_FAULT: Record<ManageFault, ProblemCode> = {
  invalid: 'invalid_request',
  missing: 'not_found',
  taken: 'taken',
  in_use: 'in_use',
  refused: 'refused',
  unreachable: 'no_answer',
  forbidden: 'forbidden',
  last_owner: 'last_owner',
  too_many: 'too_many_requests',
  unavailable: 'not_ready',
};

/** @param error whatever was thrown; what we did not expect comes out as `internal` */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ManageError) {
    return new Problem(OF_FAULT[error.fault], error.message, {
      // What is wrong with no field in particular is wrong with all of them.
      field: error.field ?? (error.fault === 'invalid' ? 'body' : undefined),
      cause: error,
    });
  }
  if (error instanceof CalendarTrouble) {
    const { cause } = error;
    const headers =
      cause instanceof RateLimitedError
        ? { 'Retry-After': String(Math.ceil(cause.retryAfter / 1_000)) }
        : {};
    const detail = `${error.title}: ${error.advice}`;
    return new Problem('calendar_trouble', detail, { headers, cause: error });
  }
  if (error instanceof PhoneSyncError) {
    return new Problem('phone_trouble', error.message, { cause: error });
  }
  if (error instanceof ApiError && error.code in STATUS) {
    return new Problem(error.code as ProblemCode, error.message, {
      field: error.field,
      headers: error.headers,
    });
  }
  return new Problem('internal', 'Something went wrong on our side.', { cause: error });
}
