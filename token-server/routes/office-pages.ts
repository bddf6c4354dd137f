import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import type { OfficeConfig } from '../config.ts';
import { sayNotBuilt } from './pages.ts';

/** Stand in the built document for what the server puts in. */
const NONCE = '%STYLE_NONCE%';
const SIGN_IN = '%SIGN_IN%';

/**
 * The office's pages: one document for `/office` and every path below it. The library that draws them
 * puts style elements into the page, which carry a nonce that is new with every document; scripts are
 * files of ours alone.
 */
export function officePagesRoute({
  webDir,
  office,
}: {
  webDir: string;
  office: Pick<OfficeConfig, 'oidc'>;
}): Router {
  const router = Router();
  router.get(['/office', '/office/*splat'], async (_request, response) => {
    const document = await readFile(join(webDir, 'office.html'), 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
    if (document === null) {
      sayNotBuilt(response);
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = String(response.getHeader('Content-Security-Policy'));
    response
      .set('Content-Security-Policy', `${policy};style-src 'self' 'nonce-${nonce}'`)
      // The links that lead here carry tokens, though behind the #.
      .set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
      .type('html')
      .send(document.replaceAll(NONCE, nonce).replace(SIGN_IN, office.oidc ? 'oidc' : ''));
  });
  return router;
}
