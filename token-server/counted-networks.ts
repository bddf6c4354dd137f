import { isIPv6 } from 'node:net';

/** The networks whose requests are counted together, the narrowest first. */
const PREFIXES = [64, 56, 48];

/**
 * What an address may ask, and how much more the networks around it may together, the narrowest
 * first: many people share a campus' /48, and one person may have a /56.
 */
export const NETWORK_SHARES = [1, 4, 16];

/**
 * What a visitor's requests are counted by, the narrowest first: an IPv4 address alone; of IPv6 the
 * /64 of a line, and the /56 and the /48 that one customer is commonly given whole (RFC 6177), since
 * who has one of these has any number of /64s.
 */
export function countedNetworks(address: string): string[] {
  const mapped = mappedIPv4(address);
  if (mapped !== null) return [mapped];
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return [address];
  const hex = groupsOf(withoutZone)
    .map((group) => group.padStart(4, '0'))
    .join('');
  return PREFIXES.map((bits) => `${hex.slice(0, bits / 4)}/${bits}`);
}

/** The eight groups of an IPv6 address, with those that "::" stands for. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  if (tail === undefined) return front;
  const back = tail === '' ? [] : tail.split(':');
  const left = Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(left).fill('0'), ...back];
}

/** The IPv4 address within an IPv6 one (RFC 4291, 2.5.5.2), which is written in two ways. */
function mappedIPv4(address: string): string | null {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return null;
  const words = [high, low].map((word) => Number.parseInt(word, 16));
  return words.flatMap((word) => [Math.floor(word / 256), word % 256]).join('.');
}
