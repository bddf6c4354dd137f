import { Router } from 'express';
import type { TokenServerConfig } from '../config.ts';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { findCallableAgent, toPublicAgent } from '../public-agent.ts';
import type { FindAgent } from '../public-agent.ts';

export interface AgentsRouteParts {
  config: Pick<TokenServerConfig, 'rehearsal'>;
  findAgent: FindAgent;
}

/** `GET /api/agents/:slug`: what the page shows before a call. */
export function agentsRoute({ config, findAgent }: AgentsRouteParts): Router {
  const router = Router();
  const route = router.route('/api/agents/:slug');
  route.get(async (request, response) => {
    const agent = await findCallableAgent(findAgent, request.params.slug);
    response.json(toPublicAgent(agent, config.rehearsal));
  });
  route.all(methodNotAllowed('GET'));
  return router;
}
