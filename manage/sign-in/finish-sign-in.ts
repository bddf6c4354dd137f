import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { OAuthClient, signsIn } from '../../calendar/oauth/oauth-client.ts';
import type { SignInProvider } from '../../calendar/oauth/oauth-client.ts';
import { GrantRefusedError } from '../../calendar/oauth/oauth-error.ts';
import type { Tokens } from '../../calendar/oauth/tokens.ts';
import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import { endAuthorization, takeAuthorization } from '../../db/calendars/calendar-authorizations.ts';
import type { CalendarAuthorization } from '../../db/calendars/calendar-authorizations.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { digestToken } from '../accounts/secret-token.ts';
import { readCalendarWish } from '../calendar-wish.ts';
import type { CalendarWish } from '../calendar-wish.ts';
import { describeCalendar } from '../calendars.ts';
import { proveAccess, storeCalendar } from '../connect-calendar.ts';
import { connectWebhook } from '../connect-webhook.ts';
import { ManageError } from '../manage-error.ts';
import type { ManageParts } from '../manage-parts.ts';
import { refuseOwnAddress } from './begin-sign-in.ts';

/** What came back with the browser, and from which. */
export interface SignInReturn {
  provider: string;
  /** Of the address that the browser came to. */
  query: URLSearchParams;
  /** Of whoever is signed in to the office there; null: nobody. */
  sessionId: string | null;
}

export interface FinishedSignIn {
  connection: CalendarConnection;
  /** Whether it was begun in the office, where its page can be shown. */
  isFromOffice: boolean;
}

/**
 * Connects the calendar of somebody who signed in and agreed. The state is good once, whatever comes
 * of it.
 * @param mayFinish looks, in the office, whether whoever began it still may
 * @throws {ManageError} the state is none, was used, is too old or is another session's; or they did
 * not agree to all
 * @throws {CalendarTrouble}
 */
export async function finishSignIn(
  parts: ManageParts,
  { provider, query, sessionId }: SignInReturn,
  mayFinish: (begun: CalendarAuthorization) => Promise<void>,
): Promise<FinishedSignIn> {
  const state = query.get('state') ?? '';
  const wanted = { provider, stateDigest: digestToken(state), sessionId };
  // What the address names may be anything: PostgreSQL takes no NUL in a text.
  const isKnown = parts.providers.list.some(({ id }) => id === provider);
  const begun = isKnown ? await takeAuthorization(parts.db, wanted, parts.masterKey) : undefined;
  if (!begun) {
    throw new ManageError(
      'This sign-in is not known here: it was finished already, took longer than ten minutes, or began in another browser. Begin again.',
      { field: 'state', fault: 'missing' },
    );
  }
  try {
    await mayFinish(begun);
    const connection = await connect(parts, begun, query);
    return { connection, isFromOffice: begun.sessionId !== null };
  } catch (error) {
    const trouble = toCalendarTrouble(error, provider, parts.providers);
    const known = trouble ?? (error instanceof ManageError ? error : null);
    const words = known?.message ?? 'Something went wrong here: see the log of the token server.';
    await endAuthorization(parts.db, begun, { trouble: words });
    throw trouble ?? error;
  }
}

async function connect(
  parts: ManageParts,
  begun: CalendarAuthorization,
  query: URLSearchParams,
): Promise<CalendarConnection> {
  const { organizationId, actor } = begun;
  const wish = await readCalendarWish(parts, organizationId, begun.wish);
  refuseOwnAddress(wish.provider, wish.settings);
  const tokens = await exchange(parts, { wish, begun, query });
  const proved = await proveAccess(parts, wish, { credential: null, tokens });
  const connection = await parts.db.transaction().execute(async (db) => {
    const stored = await storeCalendar({ ...parts, db }, organizationId, proved);
    const { name, provider, timeZone, settings } = describeCalendar(
      stored.connection,
      parts.providers.list,
    );
    await insertAuditEntry(db, {
      organizationId,
      actor,
      action: stored.isNew ? 'calendar.connected' : 'calendar.edited',
      subject: { kind: 'calendar', id: stored.connection.id },
      before: null,
      after: { name, provider, timeZone, connected: true, settings, signedIn: true },
    });
    await endAuthorization(db, begun, { calendarConnectionId: stored.connection.id });
    return stored.connection;
  });
  const { webhookUrl } = wish;
  if (webhookUrl !== undefined) await connectWebhook(parts, proved, { connection, webhookUrl });
  return connection;
}

/** @throws {ManageError} they did not agree, or not to all of it */
async function exchange(
  { providers, fetch, now }: ManageParts,
  {
    wish: { provider, settings },
    begun,
    query,
  }: { wish: CalendarWish; begun: CalendarAuthorization; query: URLSearchParams },
): Promise<Tokens> {
  if (!signsIn(provider)) throw new TypeError('Nobody signs in at this provider.');
  const access = { settings, environment: providers.environment };
  const client = new OAuthClient({ provider, access, fetch });
  const callback = new URL(begun.redirectUri);
  for (const [name, value] of query) callback.searchParams.append(name, value);
  try {
    const { verifier } = begun;
    const state = query.get('state') ?? '';
    const tokens = await client.exchange(callback, { state, verifier, now: now() });
    requireScopes(provider, tokens);
    return tokens;
  } catch (error) {
    if (!(error instanceof GrantRefusedError)) throw error;
    throw refused(error, provider);
  }
}

/** People may untick what they do not want to grant; of half an access nobody could say what it does. */
function requireScopes({ name, oauth }: SignInProvider, tokens: Tokens): void {
  if (tokens.scope === null) return;
  const granted = new Set(tokens.scope.split(' ').map((scope) => scope.toLowerCase()));
  const missing = oauth.scopes.filter((scope) => !isGranted(scope, granted));
  if (missing.length === 0) return;
  // Not given back: with it could go what another connection of the same account lives by.
  throw new ManageError(
    `${name} was not allowed all that is needed: begin again, and leave every box ticked (missing: ${missing.join(', ')}).`,
    { fault: 'refused' },
  );
}

/** What asks for a refresh token is not told back by every server. */
function isGranted(scope: string, granted: ReadonlySet<string>): boolean {
  return scope === 'offline_access' || granted.has(scope.toLowerCase());
}

function refused(error: GrantRefusedError, { name }: SignInProvider): ManageError {
  const words: Record<string, string> = {
    access_denied: `Whoever signed in to ${name} did not agree.`,
    consent_required: `An administrator of the account must agree first, at ${name}.`,
    interaction_required: `${name} wants something of whoever signs in that it did not get.`,
  };
  return new ManageError(
    `${words[error.code] ?? `${name} did not let us in (${error.code}).`} Nothing was connected: begin again.`,
    { fault: 'refused', cause: error },
  );
}
