import { createHmac } from 'node:crypto';
import { countedAddress } from './rate-limiter.ts';

/**
 * What stands for a visitor's address where calls are counted: a keyed digest, another one for every
 * organization, so that neither the address nor who else was called can be read from it.
 */
export function visitorDigest(
  { organizationId, address }: { organizationId: string; address: string },
  secret: string,
): string {
  const text = `visitor ${organizationId} ${countedAddress(address)}`;
  return createHmac('sha256', secret).update(text).digest('base64url');
}
