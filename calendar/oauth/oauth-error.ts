import {
  AuthorizationResponseError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { CalendarUnreachableError, RateLimitedError, setupErrorOf } from '../calendar-error.ts';
import type { CalendarError, CalendarSetupError } from '../calendar-error.ts';
import type { SignInProvider } from './oauth-client.ts';

/** Errors of a token endpoint by which whoever owns the account must agree again. */
const OF_THE_GRANT = ['invalid_grant', 'interaction_required', 'consent_required', 'invalid_scope'];
/** Those by which our client is not as it must be. */
const OF_THE_CLIENT = ['invalid_client', 'unauthorized_client', 'redirect_uri_mismatch'];
/** Milliseconds. */
const RETRY_AFTER = 60_000;

/** The code or the refresh token is good no more, or whoever was asked did not agree. */
export class GrantRefusedError extends Error {
  override readonly name = 'GrantRefusedError';
  /** Of RFC 6749, such as invalid_grant or access_denied. */
  readonly code: string;

  constructor(code: string, options: ErrorOptions = {}) {
    super(`The authorization server refuses: ${code}.`, options);
    this.code = code;
  }
}

/**
 * What an authorization server did, by the class of openid-client's error: what it says in words is
 * for nobody.
 */
export function toOAuthError(
  error: unknown,
  provider: Pick<SignInProvider, 'name' | 'oauth'>,
): CalendarError | GrantRefusedError {
  if (error instanceof AuthorizationResponseError) {
    return new GrantRefusedError(error.error, { cause: error });
  }
  if (error instanceof WWWAuthenticateChallengeError) return clientRefused(error, provider);
  if (error instanceof ResponseBodyError) {
    if (error.status === 429) {
      return new RateLimitedError('The authorization server refuses further requests.', {
        retryAfter: RETRY_AFTER,
        cause: error,
      });
    }
    if (OF_THE_CLIENT.includes(error.error)) return clientRefused(error, provider);
    if (OF_THE_GRANT.includes(error.error)) {
      return new GrantRefusedError(error.error, { cause: error });
    }
  }
  return new CalendarUnreachableError(
    `The authorization server of ${provider.name} did not answer as it should.`,
    { cause: error },
  );
}

function clientRefused(
  cause: Error,
  { name, oauth }: Pick<SignInProvider, 'name' | 'oauth'>,
): CalendarSetupError {
  const advice = `${name} does not accept the client of Slotline: compare ${oauth.clientIdVariable}, ${oauth.clientSecretVariable} and the redirect address with what the client's page at ${name} shows, and look whether it was switched off there.`;
  return setupErrorOf(name, 'key-refused', advice, { cause });
}
