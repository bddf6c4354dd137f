import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/*
 * Which addresses a request may go to whose URL somebody else wrote: those of the internet, and private
 * ones only where an operator named their network.
 */

/** Of IPv4, everything that is no host of the internet (IANA's special-purpose registry). */
const SPECIAL_IPV4 = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);
/** Of IPv6 only these are hosts of the internet at all: no mapped, translated or local form is among them, */
const GLOBAL_IPV6 = listOf(['2000::/3']);
/** and of these not the ones that stand for an IPv4 address (Teredo, 6to4) or for examples. */
const SPECIAL_IPV6 = listOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an address in numbers is one of the internet. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !SPECIAL_IPV4.check(address, 'ipv4');
  return (
    version === 6 && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6')
  );
}

/** Where requests may go. */
export interface AddressRule {
  /** Whether a connection may be made; `http:` goes to private networks alone. */
  allows: (address: string, protocol: string) => boolean;
  /** Whether any private network is allowed. */
  hasPrivate: boolean;
}

/** @param networks in CIDR, that are allowed beside the internet */
export function addressRule(networks: readonly string[] = []): AddressRule {
  const allowed = new BlockList();
  for (const network of networks) add(allowed, network);
  return {
    hasPrivate: networks.length > 0,
    allows(address, protocol) {
      const version = isIP(address);
      if (version === 0) return false;
      if (allowed.check(address, version === 4 ? 'ipv4' : 'ipv6')) return true;
      return protocol === 'https:' && isPublicAddress(address);
    },
  };
}

/** What a machine of one's own allows beside the internet: itself. */
export const THIS_MACHINE = '127.0.0.0/8,::1/128';

/** Networks in CIDR with commas between them, as the environment names them, read into a rule. */
export const allowedAddresses = z
  .string()
  .default('')
  .transform((text, context) => {
    const networks = text.split(/[\s,]+/).filter((part) => part !== '');
    if (networks.every(isNetwork)) return addressRule(networks);
    context.addIssue({
      code: 'custom',
      message: 'must list networks such as 10.0.0.0/8, 127.0.0.1/32 or fd00::/8',
    });
    return z.NEVER;
  });

function isNetwork(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) <= (version === 4 ? 32 : 128);
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) add(list, network);
  return list;
}

function add(list: BlockList, network: string): void {
  const [address = '', prefix = ''] = network.split('/');
  list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
