import { OAuthClient, signsIn } from '../../calendar/oauth/oauth-client.ts';
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
