/** Every code an answer may carry, with its HTTP status. */
const STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  agent_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  agent_disabled: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  not_ready: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** The one shape of an error answer. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; field?: string };
}

/** An error whose message is meant for the client: it never carries anything internal. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  /** The part of the request at fault, written as a path: `room_config.agents[0].agent_name`. */
  readonly field: string | undefined;
  /** Headers that belong to the answer, such as Retry-After. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { field?: string; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.field = options.field;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return STATUS[this.code];
  }

  toBody(): ErrorBody {
    const { code, message, field } = this;
    return { error: field === undefined ? { code, message } : { code, message, field } };
  }
}
