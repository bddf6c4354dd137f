import { Router } from 'express';
import type { TokenServerConfig } from '../config.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { findCallableAgent, toPublicAgent } from '../public-agent.ts';
import type { FindAgent } from '../public-agent.ts';
import type { RateLimiter } from '../rate-limiter.ts';

export interface AgentsRouteParts {
  config: Pick<TokenServerConfig, 'rehearsal'>;
  findAgent: FindAgent;
  agentLimiter: RateLimiter;
}

/** `GET /api/agents/:slug`: what the page shows before a call. */
export function agentsRoute({ config, findAgent, agentLimiter }: AgentsRouteParts): Router {
  const router = Router();
  const route = router.route('/api/agents/:slug');
  route.get(rateLimit(agentLimiter), async (request, response) => {
    const agent = await findCallableAgent(findAgent, request.params.slug);
    response.json(toPublicAgent(agent, config.rehearsal));
  });
  route.all(methodNotAllowed('GET'));
  return router;
}
