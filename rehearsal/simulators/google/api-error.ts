/** A refusal as Google writes it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: object;

  constructor(status: number, reason: string, message: string, more: ErrorPlace = {}) {
    super(message);
    const { domain = 'global', ...place } = more;
    this.status = status;
    this.body = {
      error: { errors: [{ domain, reason, message, ...place }], code: status, message },
    };
  }
}

interface ErrorPlace {
  domain?: string;
  locationType?: 'header' | 'parameter';
  location?: string;
}

export const notFound = (): ApiError => new ApiError(404, 'notFound', 'Not Found');

export const invalid = (location: string): ApiError =>
  new ApiError(400, 'invalid', 'Invalid Value', { locationType: 'parameter', location });

export const haste = (status: 403 | 429, reason = 'rateLimitExceeded'): ApiError =>
  new ApiError(status, reason, 'Rate Limit Exceeded', { domain: 'usageLimits' });
