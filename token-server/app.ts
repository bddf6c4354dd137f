import express from 'express';
import type { Express } from 'express';
import type { Logger } from '../runtime/logger.ts';
import type { TokenServerConfig } from './config.ts';
import { cors } from './middleware/cors.ts';
import { handleErrors, notFound } from './middleware/handle-errors.ts';
import { requestLog } from './middleware/request-log.ts';
import { noticeUntrustedProxy } from './middleware/untrusted-proxy.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import type { FindAgent } from './public-agent.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { ReadinessCheck } from './readiness.ts';
import { officeRoutes } from './office.ts';
import type { OfficeParts } from './office.ts';
import { assistantRoutes } from './assistants/assistant-routes.ts';
import type { AssistantRouteParts } from './assistants/assistant-routes.ts';
import { agentsRoute } from './routes/agents.ts';
import { embedRoute } from './routes/embed.ts';
import { healthRoute } from './routes/health.ts';
import { officePagesRoute } from './routes/office-pages.ts';
import { pagesRoute } from './routes/pages.ts';
import { tokenRoute } from './routes/token.ts';
import type { TokenRouteParts } from './routes/token.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';
import type { WebhookRouteParts } from './webhooks/webhook-routes.ts';

/** Everything the routes need; a test replaces what it wants to see or to break. */
export interface TokenServerParts {
  config: TokenServerConfig;
  logger: Logger;
  findAgent: FindAgent;
  tokenLimiter: RateLimiter;
  agentLimiter: RateLimiter;
  isVisitorAtLimit: TokenRouteParts['isVisitorAtLimit'];
  checks: Record<string, ReadinessCheck>;
  /** Tells the doctor that visitors come through a proxy that TRUST_PROXY does not name. */
  noteUntrustedProxy: () => Promise<void>;
  /** Null where there is no master key to open the webhooks' secrets with. */
  webhooks: WebhookRouteParts | null;
  /** Null likewise. */
  assistants: AssistantRouteParts | null;
  /** Null where the office is switched off. */
  office: OfficeParts | null;
}

/** Puts the routes together; listens to nothing yet. */
export function createApp(parts: TokenServerParts): Express {
  const { config, logger } = parts;
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);

  app.use(requestLog(logger, { trustsProxy: config.trustProxy !== false }));
  app.use(noticeUntrustedProxy(logger, { note: parts.noteUntrustedProxy }));
  app.use(securityHeaders({ livekitPublicUrl: config.livekit.publicUrl }));
  // Before the rule for other sites' pages: none of them may ask the office.
  if (parts.office) app.use(officeRoutes(parts.office));
  app.use('/api', cors(config.corsOrigins));
  app.use(['/api', '/healthz', '/readyz'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  app.use(tokenRoute(parts));
  app.use(agentsRoute(parts));
  if (parts.webhooks) app.use(webhookRoutes(parts.webhooks));
  if (parts.assistants) app.use(assistantRoutes(parts.assistants));
  app.use(healthRoute(parts));
  if (parts.office) {
    app.use(officePagesRoute({ webDir: config.webDir, office: parts.office.office }));
  }
  app.use(embedRoute(parts));
  app.use(pagesRoute({ webDir: config.webDir }));
  app.use(notFound());
  app.use(handleErrors(logger));
  return app;
}
