import { Router, raw } from 'express';
import { ApiError } from '../errors.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import type { ReceiveDelivery } from './receive-delivery.ts';

/** A booking with every field answered at length is some 20 kB. */
const BODY_LIMIT = '256kb';

export interface WebhookRouteParts {
  receiveDelivery: ReceiveDelivery;
  webhookLimiter: RateLimiter;
}

/**
 * `POST /api/webhooks/calcom/:connectionId`: 200 for all that is signed, whatever it says; 401 for
 * the rest, the same for a connection that does not exist.
 */
export function calcomWebhookRoute({ receiveDelivery, webhookLimiter }: WebhookRouteParts): Router {
  const router = Router();
  const route = router.route('/api/webhooks/calcom/:connectionId');
  route.post(
    // Counted before the body is read: a flood costs no hashing.
    rateLimit(webhookLimiter),
    // The signature is over the bytes as they came.
    raw({ type: () => true, limit: BODY_LIMIT, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      const reception = await receiveDelivery({
        connectionId: request.params.connectionId,
        signature: request.get('x-cal-signature-256'),
        rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      });
      if (reception === 'unsigned') {
        throw new ApiError('unauthorized', 'The webhook is not signed as it must be.');
      }
      if (reception === 'unreadable') {
        throw new ApiError('invalid_request', 'The body is not a webhook.');
      }
      response.json({ status: reception });
    },
  );
  route.all(methodNotAllowed('POST'));
  return router;
}
