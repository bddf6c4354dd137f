import { isIP } from 'node:net';

/** How many leading bits a network has at least, unless a password keeps strangers out. */
const SHORTEST_PREFIX = { 4: 8, 6: 16 };

interface Network {
  family: 4 | 6;
  address: string;
  prefix: number;
}

/**
 * Why calls cannot be let in from there; null where they can.
 * @param isGuarded whether they have to know a password as well
 */
export function faultOfAddress(text: string, isGuarded: boolean): string | null {
  const network = readNetwork(text);
  if (!network) {
    return `"${text}" is no address or network: write it such as 203.0.113.7 or 203.0.113.0/24`;
  }
  const { family, address, prefix } = network;
  if (address.startsWith('::ffff:')) return `"${text}" must be written as IPv4`;
  const first = firstAddress(network);
  if (first !== null && first !== address) {
    return `"${text}" is not where a network begins: did you mean ${first}/${prefix}?`;
  }
  if (isGuarded || prefix >= SHORTEST_PREFIX[family]) return null;
  return `"${text}" lets almost anybody call: name your provider's addresses, or give the trunk a username and a password`;
}

/**
 * An address as the network it is, "203.0.113.7/32". LiveKit lets a call in whose From header names
 * an allowed address as it is written in the trunk, and a caller can write there what he likes: an
 * address that is written as a network is compared with where the call came from.
 */
export function toNetwork(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${isIP(address) === 6 ? 128 : 32}`;
}

function readNetwork(text: string): Network | null {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (rest.length > 0 || address.includes('%') || (family !== 4 && family !== 6)) return null;
  const bits = family === 4 ? 32 : 128;
  if (length === undefined) return { family, address: address.toLowerCase(), prefix: bits };
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return null;
  return { family, address: address.toLowerCase(), prefix: Number(length) };
}

/** Of an IPv4 network; null for IPv6, which has too many ways to be written. */
function firstAddress({ family, address, prefix }: Network): string | null {
  if (family === 6) return null;
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(bits / size) * size;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}
