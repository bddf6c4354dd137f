import type { RequestHandler } from 'express';
import { readVisitorAddress } from '../visitor-address.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Milliseconds between two notes for the doctor. */
const NOTE_EVERY = 3_600_000;

const WARNING =
  'Visitors come through a proxy that is not trusted: all of them count as one and share its limits. ' +
  'Set TRUST_PROXY to how many proxies stand in front of the token server, or to their addresses.';

/**
 * Says once in the log, and now and then where the doctor reads it, that a proxy nearby forwards
 * requests and TRUST_PROXY does not tell so.
 */
export function noticeUntrustedProxy(
  logger: Logger,
  { note, now = () => performance.now() }: { note: () => Promise<void>; now?: () => number },
): RequestHandler {
  let notedAt = -Infinity;
  let isKnown = false;
  return (request, _response, next) => {
    if (now() - notedAt >= NOTE_EVERY && readVisitorAddress(request).isForwarded) {
      notedAt = now();
      if (!isKnown) logger.warn(WARNING);
      isKnown = true;
      note().catch((err: unknown) => {
        logger.warn({ err }, 'could not note for the doctor that a proxy is not trusted');
      });
    }
    next();
  };
}
