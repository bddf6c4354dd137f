import { join } from 'node:path';
import { Router, static as serveFiles } from 'express';
import type { NextFunction, Response } from 'express';

/**
 * The built page: hashed files under /assets for a year, everything else revalidated; `/` and
 * `/a/:slug` are the same document, which reads the agent from its address.
 */
export function pagesRoute({ webDir }: { webDir: string }): Router {
  const router = Router();
  router.get('/{a/:slug}', (_request, response, next) => sendPage(webDir, response, next));
  // The office's document is served by `officePagesRoute`, where there is an office.
  router.use('/office.html', (_request, _response, next) => next('router'));
  router.use(
    '/assets',
    serveFiles(join(webDir, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
    }),
  );
  router.use(serveFiles(webDir, { maxAge: 0, index: false, redirect: false }));
  return router;
}

/** The visitor's page, which reads the agent from its address. */
export function sendPage(webDir: string, response: Response, next: NextFunction): void {
  response.sendFile(
    'index.html',
    { root: webDir, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } },
    (error?: NodeJS.ErrnoException) => {
      if (error?.code === 'ENOENT') sayNotBuilt(response);
      else if (error && !response.headersSent) next(error);
    },
  );
}

/** To a person who opens a page. */
export function sayNotBuilt(response: Response): void {
  response
    .status(503)
    .set('Cache-Control', 'no-store')
    .type('text/plain')
    .send(
      'The page has not been built yet. Run `npm run build` (or set WEB_DIR to a built page), then reload.\n',
    );
}
