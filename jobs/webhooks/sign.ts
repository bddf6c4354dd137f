import { createHmac } from 'node:crypto';

/** What every secret begins with (Standard Webhooks 1.0, "Signature scheme"). */
const PREFIX = 'whsec_';

/** What is signed: the event's id, the second of this attempt, and the body to the byte. */
export interface SignedContent {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/**
 * The headers by which a receiver knows that we sent it (Standard Webhooks 1.0). Each secret that is
 * good signs: while one is rotated there are two.
 *
 * @param secrets `whsec_` and base64
 */
export function signedHeaders(
  content: SignedContent,
  secrets: readonly string[],
): Record<string, string> {
  const { id, timestamp, body } = content;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secret.startsWith(PREFIX) ? PREFIX.length : 0), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
