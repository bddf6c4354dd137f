import {
  CalendarError,
  CalendarUnreachableError,
  setupErrorOf,
} from '../../calendar/calendar-error.ts';
import type { CalendarSetupError } from '../../calendar/calendar-error.ts';
import { OAuthClient } from '../../calendar/oauth/oauth-client.ts';
import type { SignInProvider } from '../../calendar/oauth/oauth-client.ts';
import { GrantRefusedError } from '../../calendar/oauth/oauth-error.ts';
import type { TokenSource } from '../../calendar/oauth/token-source.ts';
import { holds, TokensSchema } from '../../calendar/oauth/tokens.ts';
import type { Tokens } from '../../calendar/oauth/tokens.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import {
  lockConnectionTokens,
  noteReconnect,
  readConnectionTokens,
  replaceConnectionTokens,
} from '../../db/calendars/connection-tokens.ts';
import type { StoredTokens } from '../../db/calendars/connection-tokens.ts';
import type { Database } from '../../db/database.ts';
import { inTransaction } from '../../db/in-transaction.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';
import type { OpenConnectionOptions } from './open-connection.ts';

/**
 * The tokens of a connection, shared by all processes: they lie in its row. Whoever finds them ended
 * locks the row, looks again, and asks for others only where nobody has meanwhile. What was given is
 * stored before it is used: a refresh token that is good once would be lost with the process.
 */
export function connectionTokens(
  db: Database,
  connection: CalendarConnection,
  options: OpenConnectionOptions & { provider: SignInProvider },
): TokenSource {
  const { masterKey, provider, now } = options;
  const refreshed = async (refused: string | null): Promise<string> => {
    const outcome = await inTransaction(db, async (transaction) => {
      const stored = await lockConnectionTokens(transaction, connection, masterKey);
      const held = toTokens(stored, provider);
      if (held.accessToken !== refused && holds(held, now())) return held;
      return refresh(transaction, held);
    });
    if (outcome instanceof CalendarError) throw outcome;
    return outcome.accessToken;
  };
  const refresh = async (
    transaction: Database,
    held: Tokens,
  ): Promise<Tokens | CalendarSetupError> => {
    const { settings } = connection;
    const { environment } = options.providers;
    const client = new OAuthClient({
      provider,
      access: { settings, environment },
      fetch: options.fetch,
    });
    try {
      const given = await client.refresh(held, now());
      const plain = JSON.stringify(given);
      await replaceConnectionTokens(transaction, connection, { plain, masterKey });
      return given;
    } catch (error) {
      if (!(error instanceof GrantRefusedError)) throw error;
      // The row is ours: what was refused is what is stored, and no other process has a newer one.
      const reason = `${provider.name} gives no access any more (${error.code}): its owner took it back, changed the password, or has not used it for long.`;
      await noteReconnect(transaction, connection, reason);
      // Returned and thrown later: thrown here, the note would be taken back with the transaction.
      return signInAgain(reason, provider);
    }
  };
  return {
    accessToken: () =>
      asCalendarError(async () => {
        const held = toTokens(await readConnectionTokens(db, connection, masterKey), provider);
        return holds(held, now()) ? held.accessToken : refreshed(null);
      }),
    renew: (refused) => asCalendarError(() => refreshed(refused)),
  };
}

/** @throws {CalendarSetupError} there are none, or they are good no more */
function toTokens({ tokens, reconnectReason }: StoredTokens, provider: SignInProvider): Tokens {
  if (tokens !== null) return TokensSchema.parse(JSON.parse(tokens));
  throw signInAgain(reconnectReason ?? 'Nobody has signed in for the connection.', provider);
}

function signInAgain(reason: string, { name }: SignInProvider): CalendarSetupError {
  const advice = `${reason} Connect the calendar again, signed in to ${name}.`;
  return setupErrorOf(name, 'key-refused', advice);
}

/** A database that does not answer keeps the calendar from being asked, and no more. */
async function asCalendarError(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CalendarError || error instanceof SealedCredentialError) throw error;
    throw new CalendarUnreachableError('The access token could not be read or renewed.', {
      cause: error,
    });
  }
}
