import { fetchOf } from '../../calendar/guarded-fetch.ts';
import { signsIn } from '../../calendar/oauth/oauth-client.ts';
import type { CalendarProvider, ConnectionAccess } from '../../calendar/provider.ts';
import { providerOf } from '../../calendar/providers.ts';
import type { Providers } from '../../calendar/providers.ts';
import { readCredential } from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { storedBookingBudget } from './booking-budget.ts';
import { connectionTokens } from './connection-tokens.ts';
import { credentialLimiter } from './credential-limiter.ts';

export interface OpenConnectionOptions {
  /** Opens the connection's credential. */
  masterKey: Buffer;
  providers: Providers;
  now: () => Date;
  fetch?: Fetch | undefined;
}

/**
 * The provider of a connection, and what it is reached through; nothing is asked of it yet.
 * @throws {CalendarConfigurationError} {SealedCredentialError} for the operator
 */
export async function openConnection(
  db: Database,
  connection: CalendarConnection,
  options: OpenConnectionOptions,
): Promise<{ provider: CalendarProvider; access: ConnectionAccess }> {
  const { masterKey, providers, fetch } = options;
  const provider = providerOf(connection, providers.list);
  const credential =
    provider.credential === null ? null : await readCredential(db, connection, masterKey);
  const calendarConnectionId = connection.id;
  const access = {
    settings: connection.settings,
    credential,
    ...(credential === null && signsIn(provider)
      ? { tokens: connectionTokens(db, connection, { ...options, provider }) }
      : {}),
    environment: providers.environment,
    limiter: (window) => credentialLimiter(db, { calendarConnectionId, window }),
    bookingBudget: (windows) => storedBookingBudget(db, { calendarConnectionId, windows }),
    fetch: fetchOf(provider, connection, { providers, fetch }),
  } satisfies ConnectionAccess;
  return { provider, access };
}
