import { createHmac } from 'node:crypto';
import { NETWORK_DIGEST_LENGTH } from '../calls/visitor-networks.ts';
import { countedNetworks } from './counted-networks.ts';

/**
 * What stands for a visitor's address where calls are counted: a keyed digest, another one for every
 * organization, so that neither the address nor who else was called can be read from it. Of IPv6 it
 * is one for each network around the address, the widest first.
 */
export function visitorDigest(
  { organizationId, address }: { organizationId: string; address: string },
  secret: string,
): string {
  const digests = countedNetworks(address)
    .toReversed()
    .map((network) =>
      createHmac('sha256', secret)
        .update(`visitor ${organizationId} ${network}`)
        .digest('base64url'),
    );
  if (digests.length === 1) return digests.join('');
  return digests.map((digest) => digest.slice(0, NETWORK_DIGEST_LENGTH)).join('');
}
