import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { providerOf } from '../../calendar/providers.ts';
import { OAuthClient, signsIn } from '../../calendar/oauth/oauth-client.ts';
import { GrantRefusedError } from '../../calendar/oauth/oauth-error.ts';
import { TokensSchema } from '../../calendar/oauth/tokens.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { findSharedGrant, readConnectionTokens } from '../../db/calendars/connection-tokens.ts';
import type { Database } from '../../db/database.ts';
import type { ManageParts } from '../manage-parts.ts';

/**
 * Gives the access back that somebody granted by signing in.
 * @returns why it stands yet at the provider, and what to do; null where it is gone, or there was none
 */
export async function revokeAccess(
  { db, masterKey, providers, fetch }: ManageParts,
  connection: CalendarConnection,
): Promise<string | null> {
  let name: string = connection.provider;
  try {
    const provider = providerOf(connection, providers.list);
    ({ name } = provider);
    if (!signsIn(provider)) return null;
    const { tokens } = await readConnectionTokens(db, connection, masterKey);
    if (tokens === null) return null;
    const shared = await sharedGrant(db, connection);
    if (shared !== null) return shared;
    const { settings } = connection;
    const access = { settings, environment: providers.environment };
    const client = new OAuthClient({ provider, access, fetch });
    if (await client.revoke(TokensSchema.parse(JSON.parse(tokens)))) return null;
    return `${name} cannot be told: its owner takes the access back in the settings of their account.`;
  } catch (error) {
    // Good no more: nothing is left to give back.
    if (error instanceof GrantRefusedError) return null;
    const trouble = toCalendarTrouble(error, connection.provider, providers);
    if (!trouble) throw error;
    return `${name} could not be told, and its owner can take the access back in the settings of their account. ${trouble.advice}`;
  }
}

/** A provider may take back all that an account's owner granted: also what another connection lives by. */
async function sharedGrant(
  db: Database,
  { id, organizationId, provider, settings }: CalendarConnection,
): Promise<string | null> {
  const { account, owner = account } = settings;
  if (typeof owner !== 'string') return null;
  const other = await findSharedGrant(db, { id, provider, owner });
  if (!other) return null;
  const whose = other.organizationId === organizationId ? `"${other.name}"` : 'another calendar';
  return `The access stays granted, since ${whose} is connected by the same account.`;
}
