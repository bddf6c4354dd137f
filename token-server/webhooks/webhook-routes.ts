import { Router, raw } from 'express';
import type { Request, RequestHandler } from 'express';
import type { CalendarProvider } from '../../calendar/provider.ts';
import { webhookPath } from '../../calendar/webhook-path.ts';
import { ApiError } from '../errors.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { queryOf } from '../search-of.ts';
import type { ReceiveDelivery, WebhookSource } from './receive-delivery.ts';

/** A booking with every field answered at length is some 20 kB. */
const BODY_LIMIT = '256kb';

export interface WebhookRouteParts {
  receiveDelivery: ReceiveDelivery;
  webhookLimiter: RateLimiter;
  providers: readonly CalendarProvider[];
}

/**
 * `POST /api/webhooks/<provider>/:connectionId`, and the alias of a provider that has one, where the
 * connection is named in the query: 200 for all that is signed, whatever it says; 401 for the rest,
 * the same for a connection that does not exist.
 */
export function webhookRoutes({ providers, ...parts }: WebhookRouteParts): Router {
  const router = Router();
  const serve = (path: string, source: WebhookSource, idOf: (request: Request) => string): void => {
    const route = router.route(path);
    route.post(
      // Counted before the body is read: a flood costs no hashing.
      rateLimit(parts.webhookLimiter),
      // The signature is over the bytes as they came.
      raw({ type: () => true, limit: BODY_LIMIT, inflate: false }),
      receive(parts.receiveDelivery, source, idOf),
    );
    route.all(methodNotAllowed('POST'));
  };
  for (const { id: provider, webhooks } of providers) {
    if (!webhooks) continue;
    const source = { provider, webhooks };
    serve(webhookPath({ provider, id: ':connectionId' }), source, ({ params }) =>
      String(params['connectionId']),
    );
    if (webhooks.alias !== undefined) serve(webhooks.alias, source, connectionOfQuery);
  }
  return router;
}

function receive(
  receiveDelivery: ReceiveDelivery,
  source: WebhookSource,
  idOf: (request: Request) => string,
): RequestHandler {
  return async (request, response) => {
    const connectionId = idOf(request);
    const body: unknown = request.body;
    const reception = await receiveDelivery(source, connectionId, {
      headers: request.headers,
      query: queryOf(request),
      rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    });
    if (typeof reception === 'object') {
      response.type('text/plain').send(reception.answer);
      return;
    }
    if (reception === 'unsigned') {
      throw new ApiError('unauthorized', 'The webhook is not signed as it must be.');
    }
    if (reception === 'unreadable') {
      throw new ApiError('invalid_request', 'The body is not a webhook.');
    }
    response.json({ status: reception });
  };
}

/** @throws {ApiError} the query names none */
function connectionOfQuery(request: Request): string {
  const id = queryOf(request).get('connection');
  if (id !== null && id !== '') return id;
  throw new ApiError('invalid_request', 'connection: must be the id of a calendar, in the query.', {
    field: 'connection',
  });
}
