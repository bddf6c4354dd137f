import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopback } from '../../runtime/loopback.ts';

/** How a domain's records are read; tests hand in their own. */
export interface ServiceRecords {
  resolveSrv: (
    name: string,
  ) => Promise<{ name: string; port: number; priority: number; weight: number }[]>;
  resolveTxt: (name: string) => Promise<string[][]>;
}

/** Milliseconds of one try. */
const TIMEOUT = 1_500;
/** Each is asked at three addresses, one after the other, while somebody waits. */
const MOST_SERVERS = 4;

/** The machine's own resolver, which gives up soon: most domains have no such record. */
export function domainRecords(): ServiceRecords {
  return new Resolver({ timeout: TIMEOUT, tries: 2 });
}

/**
 * Where a domain says that its CalDAV server is (RFC 6764): the addresses to be asked, the one that it
 * prefers first; none where it says nothing. Only a domain is asked, never an address with a path or a
 * port, and only for a server that speaks TLS.
 */
export async function findService(domain: URL, records: ServiceRecords): Promise<URL[]> {
  const { protocol, hostname, port, pathname } = domain;
  const isDomain =
    isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && !isLoopback(hostname) && hostname.includes('.');
  if (protocol !== 'https:' || port !== '' || pathname !== '/' || !isDomain) return [];
  const name = `_caldavs._tcp.${hostname}`;
  const [services, texts] = await Promise.all([
    records.resolveSrv(name).catch(() => []),
    records.resolveTxt(name).catch(() => []),
  ]);
  const path = texts
    .map((parts) => parts.join(''))
    .find((text) => /^path=\//i.test(text))
    ?.slice('path='.length);
  const paths = [...(path === undefined ? [] : [path]), '/.well-known/caldav', '/'];
  return services
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
    .slice(0, MOST_SERVERS)
    .flatMap(({ name: host, port: at }) => {
      const base = URL.parse(`https://${host.replace(/\.$/, '')}:${at}/`);
      // A single dot says that there is none (RFC 2782).
      return base && host !== '' && host !== '.' ? paths.flatMap((each) => under(base, each)) : [];
    });
}

/** A path of a record is no address of its own. */
function under(base: URL, path: string): URL[] {
  const url = URL.parse(path, base.href);
  return url?.host === base.host ? [url] : [];
}
