export interface ErrorDetail {
  parameter: string;
  message: string;
  code?: string;
}

/** An answer in Calendly's form of a refusal. */
export class CalendlyError extends Error {
  override readonly name = 'CalendlyError';
  readonly status: number;
  readonly title: string;
  readonly details: ErrorDetail[] | null;

  constructor(
    status: number,
    title: string,
    message: string,
    details: ErrorDetail[] | null = null,
  ) {
    super(message);
    this.status = status;
    this.title = title;
    this.details = details;
  }

  body(): object {
    const { title, message, details } = this;
    return { title, message, ...(details ? { details } : {}) };
  }
}

export function invalidArgument(...details: ErrorDetail[]): CalendlyError {
  return new CalendlyError(
    400,
    'Invalid Argument',
    'The supplied parameters are invalid.',
    details,
  );
}

export function unauthenticated(): CalendlyError {
  return new CalendlyError(401, 'Unauthenticated', 'The access token is invalid');
}

export function permissionDenied(
  message = 'You do not have permission to access this resource.',
): CalendlyError {
  return new CalendlyError(403, 'Permission Denied', message);
}

export function notFound(): CalendlyError {
  return new CalendlyError(
    404,
    'Resource Not Found',
    'The server could not find the requested resource.',
  );
}

export function tooManyRequests(): CalendlyError {
  return new CalendlyError(429, 'Too Many Requests', 'You have exceeded the rate limit.');
}
