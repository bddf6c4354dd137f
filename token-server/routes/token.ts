import { Router, json } from 'express';
import { serializeCallMetadata } from '../../calls/call-metadata.ts';
import type { TokenServerConfig } from '../config.ts';
import { ApiError } from '../errors.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { noteCall } from '../middleware/request-log.ts';
import { findCallableAgent, toPublicAgent } from '../public-agent.ts';
import type { FindAgent, PublicAgent } from '../public-agent.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { readVisitorAddress } from '../visitor-address.ts';
import { visitorDigest } from '../visitor-digest.ts';
import { signVisitorToken } from '../visitor-token.ts';
import { parseTokenRequest } from './token-request.ts';

/** Far more than a request needs; room for the metadata that clients send and we ignore. */
const BODY_LIMIT = '16kb';

export interface TokenRouteParts {
  config: Pick<TokenServerConfig, 'livekit' | 'workerName' | 'rehearsal'>;
  findAgent: FindAgent;
  tokenLimiter: RateLimiter;
  /** Whether a visitor has as many calls open as one may have. */
  isVisitorAtLimit: (visitor: { organizationId: string; visitor: string }) => Promise<boolean>;
}

interface TokenAnswer {
  server_url: string;
  participant_token: string;
  room_name: string;
  agent: PublicAgent;
}

/** `POST /api/token`: LiveKit's standard token endpoint, where the agent name is one of our slugs. */
export function tokenRoute(parts: TokenRouteParts): Router {
  const { config, findAgent, tokenLimiter } = parts;
  const { livekit, workerName, rehearsal } = config;
  const router = Router();
  const route = router.route('/api/token');
  // Counted before the body is read: a flood costs no parsing.
  route.post(
    rateLimit(tokenLimiter),
    json({ limit: BODY_LIMIT, inflate: false }),
    async (request, response) => {
      const { slug, name, timeZone } = parseTokenRequest(request.body);
      const agent = await findCallableAgent(findAgent, slug);
      const { organizationId } = agent;
      const { address, isOwn } = readVisitorAddress(request);
      const visitor = isOwn
        ? visitorDigest({ organizationId, address }, livekit.apiSecret)
        : undefined;
      // The worker decides when the call comes; but who asks now need not join to be told.
      if (visitor !== undefined && (await parts.isVisitorAtLimit({ organizationId, visitor }))) {
        throw new ApiError(
          'too_many_requests',
          'Several calls from this address are open already. End one of them, then try again.',
        );
      }
      const callMetadata = serializeCallMetadata({
        v: 1,
        agentId: agent.id,
        calendar: agent.calendar,
        caller: { name, timeZone, visitor },
      });
      const { token, roomName } = signVisitorToken(
        { apiKey: livekit.apiKey, apiSecret: livekit.apiSecret, workerName },
        { name, callMetadata },
      );
      noteCall(response, { agentId: agent.id, roomName });
      const answer: TokenAnswer = {
        server_url: livekit.publicUrl,
        participant_token: token,
        room_name: roomName,
        agent: toPublicAgent(agent, rehearsal),
      };
      response.status(201).json(answer);
    },
  );
  route.all(methodNotAllowed('POST'));
  return router;
}
