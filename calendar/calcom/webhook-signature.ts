import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the body was signed with the secret: `X-Cal-Signature-256` is the HMAC-SHA256 of the raw
 * body, in hex. An unsigned delivery carries the words "no-secret-provided" there and is refused
 * like any other that does not fit. Takes as long for a wrong signature as for the right one.
 */
export function isSignedByCalcom(
  rawBody: Buffer,
  signature: string | undefined,
  secret: string,
): boolean {
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  const wellFormed = signature !== undefined && /^[0-9a-f]{64}$/i.test(signature);
  const given = wellFormed ? Buffer.from(signature, 'hex') : Buffer.alloc(expected.length);
  return timingSafeEqual(expected, given) && wellFormed;
}
