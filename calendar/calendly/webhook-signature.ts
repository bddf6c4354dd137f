import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds by which a delivery may be older, or by clocks that differ younger, than now. */
const TOLERANCE = 180;

/**
 * Whether the body was signed with the secret, not long ago: `Calendly-Webhook-Signature` is
 * `t=<seconds>,v1=<hex>`, the HMAC-SHA256 of the time, a dot and the raw body. Takes as long for a wrong
 * signature as for the right one.
 */
export function isSignedByCalendly(
  rawBody: Buffer,
  header: string | undefined,
  { secret, now }: { secret: string; now: Date },
): boolean {
  const parts = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.trim().split('=', 2);
      return [name, value];
    }),
  );
  const time = parts.get('t') ?? '';
  const signature = parts.get('v1') ?? '';
  const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
  const isWellFormed = /^\d{1,12}$/.test(time) && /^[0-9a-f]{64}$/i.test(signature);
  const given = isWellFormed ? Buffer.from(signature, 'hex') : Buffer.alloc(expected.length);
  const isRecent = Math.abs(now.getTime() / 1_000 - Number(time)) <= TOLERANCE;
  return timingSafeEqual(expected, given) && isWellFormed && isRecent;
}
