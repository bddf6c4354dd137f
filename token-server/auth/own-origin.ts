import type { Request } from 'express';
import { Problem } from '../problem.ts';

/**
 * Lets a request that a browser sends for another site's page do nothing. A browser names the origin
 * of whatever is no plain GET; a program that has no cookies may leave it out.
 *
 * @throws {Problem} another origin, or none beside a cookie
 */
export function requireOwnOrigin(request: Request, origins: readonly string[]): void {
  const { origin, cookie } = request.headers;
  if (origin === undefined ? cookie === undefined : origins.includes(origin)) return;
  throw new Problem('origin_refused', 'The request comes from the page of another site.');
}
