import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import { sayNotBuilt } from './pages.ts';

/** Stands in the built document where the nonce belongs. */
const NONCE = '%STYLE_NONCE%';

/**
 * The office's pages: one document for `/office` and every path below it. The library that draws them
 * puts style elements into the page, which carry a nonce that is new with every document; scripts are
 * files of ours alone.
 */
export function officePagesRoute({ webDir }: { webDir: string }): Router {
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
      .send(document.replaceAll(NONCE, nonce));
  });
  return router;
}
