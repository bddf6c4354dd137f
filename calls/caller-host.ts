/**
 * Whether a caller gave the name of a network for the host they call from. LiveKit lets a call in
 * whose From header has for its host what the trunk allows, written as it is there, wherever it
 * comes from. Our trunks allow networks alone, "203.0.113.7/32", and no host has such a name: a
 * caller who gives one wants to be taken for somebody else.
 *
 * @param hostname the attribute `sip.hostname`
 */
export function isForgedHost(hostname: string | undefined): boolean {
  return hostname?.includes('/') ?? false;
}
