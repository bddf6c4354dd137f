import { Router } from 'express';
import { methodNotAllowed } from '../middleware/handle-errors.ts';
import { readJson } from '../middleware/read-json.ts';
import { createOpenApiDocument } from './openapi.ts';
import { REFERENCE_STYLE, writeReferencePage } from './reference-page.ts';
import { ROUTES } from './routes.ts';
import { serveRoute } from './serve-route.ts';
import type { ApiParts } from './serve-route.ts';

/** All that an agent can know of its business, in letters of three bytes. */
const BODY_LIMIT = '256kb';

/** `/api/v1/…`: the routes of the table, what describes them for programs, and the same for people. */
export function apiRoutes(parts: ApiParts): Router {
  const router = Router();
  const document = createOpenApiDocument(parts.office.url);
  router.get('/api/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
  const page = writeReferencePage(ROUTES);
  router.get('/api/v1', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/api/v1/reference.css', (_request, response) => {
    response.type('css').send(REFERENCE_STYLE);
  });
  router.use('/api/v1', readJson(BODY_LIMIT));
  for (const [path, routes] of Map.groupBy(ROUTES, (route) => route.path)) {
    const served = router.route(`/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    for (const route of routes) served[route.method](serveRoute(parts, route));
    served.all(methodNotAllowed(...routes.map(({ method }) => method.toUpperCase())));
  }
  return router;
}
