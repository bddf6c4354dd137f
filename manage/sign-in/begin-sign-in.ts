import { OAuthClient, signsIn } from '../../calendar/oauth/oauth-client.ts';
import type { CalendarProvider } from '../../calendar/provider.ts';
import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { insertAuthorization } from '../../db/calendars/calendar-authorizations.ts';
import type { AuthorizationActor } from '../../db/calendars/tables.ts';
import { makeSecretToken } from '../accounts/secret-token.ts';
import { readCalendarWish } from '../calendar-wish.ts';
import type { CalendarInput } from '../calendar-wish.ts';
import { ManageError } from '../manage-error.ts';
import type { ManageParts } from '../manage-parts.ts';
import { callbackAddress } from './callback-address.ts';

/** Milliseconds in which somebody signs in and agrees. */
const LIFETIME = 10 * 60_000;

/** Who begins a sign-in, and where it comes back to. */
export interface SignInOrigin {
  actor: AuthorizationActor;
  /** Of the office: it is finished in this one alone. Null: whoever has the link finishes it. */
  sessionId: string | null;
  /** The token server's own address, which is registered at the provider. */
  publicUrl: string;
}

/** A sign-in that waits for somebody. */
export interface BegunSignIn {
  id: string;
  /** Where they sign in and agree; a secret, since it is theirs who opens it. */
  url: string;
  /** Where an administrator agrees for everybody; null where the provider has no such page. */
  adminConsentUrl: string | null;
  expiresAt: Date;
}

/**
 * Begins to connect a calendar whose owner signs in at the provider, or to connect it again. Nothing
 * is stored of the calendar before they agreed.
 * @throws {ManageError} what was given cannot be used
 * @throws {CalendarTrouble} this process knows no client of ours at the provider
 */
export async function beginSignIn(
  parts: Pick<ManageParts, 'db' | 'masterKey' | 'providers' | 'fetch'>,
  organizationId: string,
  input: CalendarInput,
  { actor, sessionId, publicUrl }: SignInOrigin,
): Promise<BegunSignIn> {
  const { provider, settings } = await readCalendarWish(parts, organizationId, input);
  if (!signsIn(provider)) {
    throw new ManageError(`is of no use: nobody signs in to connect a ${provider.name} calendar`, {
      field: 'provider',
    });
  }
  refuseOwnAddress(provider, settings);
  const { environment } = parts.providers;
  try {
    const client = new OAuthClient({
      provider,
      access: { settings, environment },
      fetch: parts.fetch,
    });
    const { token: state, digest: stateDigest } = makeSecretToken();
    const redirectUri = callbackAddress(publicUrl, provider.id);
    // 43 letters that need no escape, as RFC 7636 (4.1) wants it.
    const { token: verifier } = makeSecretToken();
    const { id, expiresAt } = await insertAuthorization(
      parts.db,
      {
        organizationId,
        provider: provider.id,
        redirectUri,
        wish: input,
        actor,
        sessionId,
        verifier,
        stateDigest,
        lifetime: LIFETIME,
      },
      parts.masterKey,
    );
    return {
      id,
      url: await client.authorizationUrl({ redirectUri, state }, verifier),
      adminConsentUrl: client.adminConsentUrl({ redirectUri, state }),
      expiresAt,
    };
  } catch (error) {
    throw toCalendarTrouble(error, provider.id, parts.providers) ?? error;
  }
}

/**
 * Whoever signs in gives their access to the provider's own server, and it is sent to no other one: the
 * settings may name an address that somebody else of the organization wrote.
 * @throws {ManageError} they name one
 */
export function refuseOwnAddress(provider: CalendarProvider, settings: unknown): void {
  if ((provider.ownInstanceOf?.(settings) ?? null) === null) return;
  const { name } = provider;
  throw new ManageError(
    `is of no use where the owner signs in: what ${name} grants is sent to ${name} alone. Take the address away, or connect a calendar of another name.`,
    { field: 'baseUrl' },
  );
}
