import type { Request } from 'express';

/**
 * What stands behind the "?" of a request's address. The address itself may be no URL: whoever writes
 * the first line writes any host and port into it (RFC 9112, 3.2.2).
 */
export function searchOf({ originalUrl }: Pick<Request, 'originalUrl'>): string {
  const at = originalUrl.indexOf('?');
  return at === -1 ? '' : originalUrl.slice(at);
}

/** The same, read. */
export function queryOf(request: Pick<Request, 'originalUrl'>): URLSearchParams {
  return new URLSearchParams(searchOf(request));
}
