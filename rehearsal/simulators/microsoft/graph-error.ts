import { randomUUID } from 'node:crypto';

/** A refusal in Graph's words. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  body(now: Date): object {
    const id = randomUUID();
    return {
      error: {
        code: this.code,
        message: this.message,
        innerError: {
          date: now.toISOString().slice(0, 19),
          'request-id': id,
          'client-request-id': id,
        },
      },
    };
  }
}

export function notFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The object was not found in the store.');
}

export function badRequest(code: string, message: string): GraphError {
  return new GraphError(400, code, message);
}

export function tokenRefused(): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', 'The token is expired or unknown.', {
    'WWW-Authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });
}

export function throttled(seconds: number): GraphError {
  return new GraphError(
    429,
    'ApplicationThrottled',
    'Application is over its MailboxConcurrency limit.',
    { 'Retry-After': String(seconds) },
  );
}
