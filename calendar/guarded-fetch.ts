import { guardedConnector } from '../runtime/guarded-connect.ts';
import type { LookUp } from '../runtime/guarded-connect.ts';
import { createTransport } from '../runtime/http-transport.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import { addressRule } from '../runtime/public-address.ts';
import type { AddressRule } from '../runtime/public-address.ts';
import type { CalendarProvider } from './provider.ts';
import type { Providers } from './providers.ts';

/**
 * What calendars are asked with whose address somebody else wrote than the server's operator. Each
 * connection is held to the rule, where a server sends on to as well.
 * @param lookUp how names become addresses; the machine's way unless given
 */
export function guardedFetch(rule: AddressRule, lookUp?: LookUp): Fetch {
  return createTransport({ connect: guardedConnector(rule, lookUp) });
}

const INTERNET_ALONE = guardedFetch(addressRule());

/**
 * What a connection is asked with. An address that its settings name themselves is guarded; the
 * provider's own, and one that the environment names, are not.
 */
export function fetchOf(
  provider: CalendarProvider,
  { settings, isGuarded }: { settings: unknown; isGuarded: boolean },
  { providers, fetch }: { providers: Providers; fetch?: Fetch | undefined },
): Fetch | undefined {
  const ownAddress = isGuarded ? (provider.ownInstanceOf?.(settings) ?? null) : null;
  return fetch ?? (ownAddress === null ? undefined : (providers.guarded ?? INTERNET_ALONE));
}
