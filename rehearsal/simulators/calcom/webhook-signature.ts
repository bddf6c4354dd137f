import { createHmac } from 'node:crypto';

/** Hex HMAC-SHA256 over the raw body; a word instead of a signature where there is no secret. */
export function signatureOf(rawBody: string, secret: string | null): string {
  if (secret === null || secret === '') return 'no-secret-provided';
  return createHmac('sha256', secret).update(rawBody).digest('hex');
}
