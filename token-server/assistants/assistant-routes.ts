import { Router, raw } from 'express';
import type { Request, RequestHandler } from 'express';
import type { AssistantPlatform, PlatformRequest } from '../../calls/assistants/platform.ts';
import { ApiError } from '../errors.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { queryOf } from '../search-of.ts';
import type { AnswerMessage } from './answer-message.ts';
import type { FindProvedAssistant } from './proved-assistant.ts';

/** A request carries the whole conversation so far, and grows with the call. */
const BODY_LIMIT = '2mb';

export interface AssistantRouteParts {
  platforms: readonly AssistantPlatform[];
  assistantLimiter: RateLimiter;
  findAssistant: FindProvedAssistant;
  answerMessage: AnswerMessage;
}

/**
 * `POST /api/tools/<platform>/:agent`, with the function's name behind it where the body has none, and
 * the addresses that a platform has beside it, where the secret or `?agent=` names the agent: 200 for
 * all that proves to come from an assistant's platform, whatever it says; 401 for the rest, the same
 * for an agent that does not exist. Of a body nothing is logged.
 */
export function assistantRoutes({ platforms, ...parts }: AssistantRouteParts): Router {
  const router = Router();
  for (const platform of platforms) {
    const address = `/api/tools/${platform.id}/:agent`;
    for (const path of [address, `${address}/:function`, ...platform.paths]) {
      const route = router.route(path);
      route.post(
        // Counted before the body is read: a flood costs no hashing.
        rateLimit(parts.assistantLimiter),
        // The signature is over the bytes as they came.
        raw({ type: () => true, limit: BODY_LIMIT, inflate: false }),
        receive(platform, parts),
      );
      route.all(methodNotAllowed('POST'));
    }
  }
  return router;
}

function receive(
  platform: AssistantPlatform,
  { findAssistant, answerMessage }: Omit<AssistantRouteParts, 'platforms'>,
): RequestHandler {
  return async (request, response) => {
    const arrived = performance.now();
    const { agent, function: named } = request.params as Record<string, string | undefined>;
    const received = toPlatformRequest(request);
    const slug = agent ?? queryOf(request).get('agent');
    const assistant = await findAssistant(platform, slug, received);
    if (!assistant) {
      throw new ApiError('unauthorized', 'The request does not prove where it comes from.');
    }
    const message = platform.read(parseJson(received.rawBody), named ?? null);
    response.json(await answerMessage(assistant, message, arrived));
  };
}

function toPlatformRequest(request: Request): PlatformRequest {
  const { method, originalUrl: url, headers } = request;
  const body: unknown = request.body;
  return { method, url, headers, rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0) };
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}
