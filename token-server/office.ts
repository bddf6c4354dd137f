import { Router } from 'express';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../runtime/logger.ts';
import { apiRoutes } from './api/api-routes.ts';
import { sendsKey } from './api/authenticate.ts';
import type { ApiParts } from './api/serve-route.ts';
import { authRoutes } from './auth/auth-routes.ts';
import type { AuthRouteParts } from './auth/auth-routes.ts';
import { entryRoutes } from './auth/entry-routes.ts';
import { signInRoutes } from './auth/sign-in-routes.ts';
import type { OfficeConfig } from './config.ts';
import type { EntryRouteParts } from './auth/entry-routes.ts';
import { hasGone, toApiError } from './middleware/handle-errors.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { Problem, toProblem, toProblemBody } from './problem.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Where its routes are. */
const PATHS = ['/api/auth', '/api/v1', '/api/calendar'];

/** What the office's routes need; null in their place switches the office off. */
export interface OfficeParts extends AuthRouteParts, EntryRouteParts, ApiParts {
  office: OfficeConfig;
  auth: AuthRouteParts['auth'] & ApiParts['auth'];
  logger: Logger;
  /** Of all that people ask of the office from an address. */
  officeLimiter: RateLimiter;
  /** The same of programs that send a key, which may ask as often as the key says. */
  programLimiter: RateLimiter;
}

/** The office's part of the server: signing in, and the API. Its errors have a shape of their own. */
export function officeRoutes(parts: OfficeParts): Router {
  const router = Router();
  router.use(PATHS, (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const [ofPeople, ofPrograms] = [rateLimit(parts.officeLimiter), rateLimit(parts.programLimiter)];
  router.use(PATHS, (request, response, next) =>
    (sendsKey(request) ? ofPrograms : ofPeople)(request, response, next),
  );
  router.use(signInRoutes(parts));
  router.use(entryRoutes(parts));
  router.use(authRoutes(parts));
  router.use(apiRoutes(parts));
  router.use(PATHS, () => {
    throw new Problem('not_found', 'There is nothing at this address.');
  });
  router.use(PATHS, sendProblems(parts.logger));
  return router;
}

/** The one place where an error of the office becomes an answer. */
function sendProblems(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    if (hasGone(error)) {
      response.destroy();
      return;
    }
    const own = toProblem(error);
    const problem = own.code === 'internal' ? toProblem(toApiError(error)) : own;
    if (problem.status >= 500) {
      logger.error({ requestId: request.id, err: error }, 'request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, code, message: detail, headers } = problem;
    const field = problem.field ?? (isUnreadable(error) ? 'body' : undefined);
    response.status(status).set(headers).set('Cache-Control', 'no-store');
    response.type('application/problem+json');
    response.send(JSON.stringify(toProblemBody({ status, code, detail, field })));
  };
}

/** Whether the reader of bodies threw it: what was sent is no JSON. */
function isUnreadable(error: unknown): boolean {
  return (Object(error) as { type?: unknown }).type === 'entity.parse.failed';
}
