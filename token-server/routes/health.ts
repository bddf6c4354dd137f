import { Router } from 'express';
import { ApiError } from '../errors.ts';
import type { ReadinessCheck } from '../readiness.ts';
import type { Logger } from '../../runtime/logger.ts';

export interface HealthRouteParts {
  checks: Record<string, ReadinessCheck>;
  logger: Logger;
}

/** Milliseconds for which an answer of the parts is told again: a flood of questions costs them nothing. */
const FRESH = 1_000;

/** `GET /healthz`: the process answers. `GET /readyz`: the parts it needs answer as well. */
export function healthRoute({ checks, logger }: HealthRouteParts): Router {
  const router = Router();
  const ask = (): Promise<(readonly [string, 'ok' | 'unreachable'])[]> =>
    Promise.all(
      Object.entries(checks).map(async ([part, check]) => {
        try {
          await check();
          return [part, 'ok'] as const;
        } catch (err) {
          logger.warn({ err, part }, 'not ready');
          return [part, 'unreachable'] as const;
        }
      }),
    );
  let latest: { at: number; results: ReturnType<typeof ask> } | null = null;
  const look = (): ReturnType<typeof ask> => {
    const now = performance.now();
    if (!latest || now - latest.at >= FRESH) latest = { at: now, results: ask() };
    return latest.results;
  };
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const results = await look();
    const parts = Object.fromEntries(results);
    const missing = results.filter(([, state]) => state !== 'ok').map(([part]) => part);
    if (missing.length === 0) {
      response.json({ status: 'ready', parts });
      return;
    }
    const error = new ApiError('not_ready', `Not reachable: ${missing.join(', ')}.`);
    response.status(error.status).json({ ...error.toBody(), parts });
  });
  return router;
}
