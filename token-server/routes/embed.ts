import { Router } from 'express';
import { rateLimit } from '../middleware/rate-limit.ts';
import { AGENT_SLUG } from '../../calls/agent-slug.ts';
import type { FindAgent } from '../public-agent.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { sendPage } from './pages.ts';

export interface EmbedRouteParts {
  config: { webDir: string };
  findAgent: FindAgent;
  agentLimiter: RateLimiter;
}

/**
 * `GET /embed/:slug`: the visitor's page for a frame on the sites that the agent names, and on no
 * other. `GET /embed.js`: the button that opens it, for pages of any site.
 */
export function embedRoute({ config, findAgent, agentLimiter }: EmbedRouteParts): Router {
  const router = Router();
  router.get('/embed.js', (_request, response, next) => {
    response.sendFile(
      'embed.js',
      {
        root: config.webDir,
        cacheControl: false,
        headers: {
          'Cache-Control': 'public, max-age=300',
          'Cross-Origin-Resource-Policy': 'cross-origin',
          'Access-Control-Allow-Origin': '*',
        },
      },
      (error?: NodeJS.ErrnoException) => {
        if (error && !response.headersSent) next(error.code === 'ENOENT' ? undefined : error);
      },
    );
  });
  router.use('/embed/:slug', rateLimit(agentLimiter));
  router.get('/embed/:slug', async ({ params: { slug } }, response, next) => {
    const agent = AGENT_SLUG.test(slug) ? await findAgent(slug) : undefined;
    const origins = agent?.allowedOrigins ?? [];
    const ancestors = origins.length === 0 ? "'none'" : origins.join(' ');
    const policy = String(response.getHeader('Content-Security-Policy'));
    response.set(
      'Content-Security-Policy',
      policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${ancestors}`),
    );
    // It knows one origin at most; frame-ancestors takes its place in every browser that is served.
    if (origins.length > 0) response.removeHeader('X-Frame-Options');
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    sendPage(config.webDir, response, next);
  });
  return router;
}
