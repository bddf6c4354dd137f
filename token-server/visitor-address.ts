import { BlockList, isIPv6 } from 'node:net';
import type { Request } from 'express';

/** Addresses of this machine and of private networks: where a proxy stands that forwards to us. */
const NEAR = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  // RFC 6598: of carriers, and of overlay networks.
  ['100.64.0.0', 10],
] as const) {
  NEAR.addSubnet(network, prefix);
}
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');

/** Whose request it is, as far as TRUST_PROXY lets us see. */
export interface VisitorAddress {
  address: string;
  /** Whether it is that of one visitor, or may be that of a proxy that many visitors come through. */
  isOwn: boolean;
  /** Whether a proxy says that it forwards for somebody, and it is not trusted. */
  isForwarded: boolean;
}

/**
 * The address that a request counts for: the peer's, or what proxies that are trusted say. One nearby
 * is a visitor's own only where a trusted proxy names it first.
 */
export function readVisitorAddress(request: Request): VisitorAddress {
  const address = addressOf(request);
  if (!isNear(address)) return { address, isOwn: address !== 'unknown', isForwarded: false };
  const forwarded = request.get('x-forwarded-for');
  const peer = request.socket.remoteAddress;
  const isNamed =
    address !== peer && withoutPort(forwarded?.split(',', 1)[0]?.trim() ?? '') === address;
  const saysSo = forwarded !== undefined || request.get('forwarded') !== undefined;
  return { address, isOwn: isNamed, isForwarded: saysSo && !isNamed };
}

/** The address alone: some proxies (Azure's gateways) name the port beside it, new with each request. */
export function addressOf(request: Pick<Request, 'ip'>): string {
  return withoutPort(request.ip ?? 'unknown');
}

/** Of "203.0.113.9:4711" and "[2001:db8::1]:4711" the address. */
function withoutPort(text: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function isNear(address: string): boolean {
  const [withoutZone = ''] = address.split('%');
  return NEAR.check(withoutZone, isIPv6(withoutZone) ? 'ipv6' : 'ipv4');
}
