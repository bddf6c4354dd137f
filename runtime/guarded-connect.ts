import { lookup as lookUpName } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRule } from './public-address.ts';

/** How a name becomes addresses; tests hand in their own. */
export type LookUp = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The address is none that may be asked. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ERR_ADDRESS_REFUSED';

  constructor(hostname: string) {
    super(`${hostname} is at no address that may be asked.`);
  }
}

/** Milliseconds until a connection stands. */
const TIMEOUT = 5_000;

/**
 * Makes connections to addresses that the rule allows, and to no others. What is checked is the very
 * address that is connected to: a name that answers otherwise a moment later changes nothing.
 */
export function guardedConnector(
  rule: AddressRule,
  lookUp: LookUp = lookUpName,
): buildConnector.connector {
  const connectorOf = (protocol: string) =>
    buildConnector({
      allowH2: false,
      timeout: TIMEOUT,
      // Node asks for all addresses where it tries several, and for one where it does not.
      lookup(hostname, options, done) {
        lookUp(hostname, { ...options, all: true }, (error, found) => {
          const [first, ...others] = error
            ? []
            : found.filter(({ address }) => rule.allows(address, protocol));
          if (!first) done(error ?? new AddressRefusedError(hostname), '', 0);
          else if (options.all === true) done(null, [first, ...others]);
          else done(null, first.address, first.family);
        });
      },
    });
  const connectors: Record<string, buildConnector.connector> = {
    'http:': connectorOf('http:'),
    'https:': connectorOf('https:'),
  };
  return (options, done) => {
    const { hostname, protocol } = options;
    const connect = connectors[protocol];
    // An address in numbers is not looked up.
    if (!connect || (isIP(hostname) !== 0 && !rule.allows(hostname, protocol))) {
      done(new AddressRefusedError(hostname), null);
      return;
    }
    connect(options, done);
  };
}
