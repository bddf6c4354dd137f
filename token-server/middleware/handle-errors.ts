import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isConnectionLoss } from '../../db/database-trouble.ts';
import { ApiError } from '../errors.ts';
import type { Logger } from '../../runtime/logger.ts';

const NOTHING_HERE = 'There is nothing at this address.';

/** For an address that nothing serves: a person at a browser reads the sentence alone. */
export function notFound(): RequestHandler {
  return (request, response) => {
    const isForPerson =
      !request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';
    if (!isForPerson) throw new ApiError('not_found', NOTHING_HERE);
    response.status(404).set('Cache-Control', 'no-store').type('text/plain').send(NOTHING_HERE);
  };
}

/** For an address that exists, asked in a way that does not. */
export function methodNotAllowed(...methods: string[]): RequestHandler {
  return () => {
    throw new ApiError('method_not_allowed', `Only ${methods.join(' and ')} can be used here.`, {
      headers: { Allow: methods.join(', ') },
    });
  };
}

/** The one place where an error becomes an answer. What we did not expect is logged and answered as 500. */
export function handleErrors(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    if (hasGone(error)) {
      response.destroy();
      return;
    }
    const answer = toApiError(error);
    if (answer.status >= 500) {
      logger.error({ requestId: request.id, err: answer.cause ?? answer }, 'request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(answer.status).set(answer.headers).set('Cache-Control', 'no-store');
    response.json(answer.toBody());
  };
}

/** Whether whoever asked went away while the answer was sent: nobody's fault, and nobody waits. */
export function hasGone(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return code === 'ECONNABORTED';
}

/** What Express and its body reader throw, too. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isConnectionLoss(error)) {
    return new ApiError('not_ready', 'The database does not answer for a moment. Try again.', {
      headers: { 'Retry-After': '2' },
      cause: error,
    });
  }
  const { code, status, type } = Object(error) as Record<string, unknown>;
  // The statuses and types of Express's own body reader and router (the package http-errors).
  if (status === 413) return new ApiError('body_too_large', 'The body is too large.');
  if (status === 415) {
    return new ApiError(
      'unsupported_media_type',
      'The body must be JSON in UTF-8, not compressed.',
    );
  }
  if (type === 'entity.parse.failed') {
    return new ApiError('invalid_request', 'The body is not valid JSON.');
  }
  // Node's parser, of a body that is no HTTP.
  const isNoHttp = typeof code === 'string' && code.startsWith('HPE_');
  if (isNoHttp || status === 400)
    return new ApiError('invalid_request', 'The request is malformed.');
  return new ApiError('internal', 'Something went wrong on our side.', { cause: error });
}
