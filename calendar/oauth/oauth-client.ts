import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  Configuration,
  customFetch,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
import type { CustomFetch, TokenEndpointResponse } from 'openid-client';
import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { isLoopback } from '../../runtime/loopback.ts';
import { setupErrorOf } from '../calendar-error.ts';
import type {
  CalendarProvider,
  ConnectionAccess,
  OAuthEndpoints,
  OAuthSettings,
} from '../provider.ts';
import { GrantRefusedError, toOAuthError } from './oauth-error.ts';
import type { Tokens } from './tokens.ts';

/** Seconds; whoever waits for the row that is being refreshed is given up after ten. */
const TIMEOUT = 8;

/** A provider whose owners sign in there. */
export type SignInProvider = CalendarProvider & { oauth: OAuthSettings };

/** Whether the provider's owners can sign in there. */
export function signsIn(provider: CalendarProvider): provider is SignInProvider {
  return provider.oauth !== undefined;
}

export interface OAuthClientOptions {
  provider: Pick<SignInProvider, 'name' | 'oauth'>;
  access: Pick<ConnectionAccess, 'settings' | 'environment'>;
  /** The process's {@link transport} by default. */
  fetch?: Fetch | undefined;
}

/** A request of somebody's consent, and what belongs to it alone. */
export interface Consent {
  /** Ours, as it is registered at the provider. */
  redirectUri: string;
  state: string;
}

/** Our dealings with the authorization server of a provider, whichever it is. */
export class OAuthClient {
  readonly #provider: OAuthClientOptions['provider'];
  readonly #endpoints: OAuthEndpoints;
  readonly #clientId: string;
  readonly #configuration: Configuration;

  /** @throws {CalendarSetupError} this process knows no client of ours */
  constructor({ provider, access, fetch = transport }: OAuthClientOptions) {
    const { oauth } = provider;
    const { clientId, clientSecret } = readClient(provider, access.environment);
    this.#provider = provider;
    this.#clientId = clientId;
    this.#endpoints = oauth.endpoints(access);
    const { issuer, authorization, token, revocation } = this.#endpoints;
    this.#configuration = new Configuration(
      {
        issuer,
        authorization_endpoint: authorization,
        token_endpoint: token,
        ...(revocation ? { revocation_endpoint: revocation } : {}),
      },
      clientId,
      clientSecret,
      ClientSecretPost(clientSecret),
    );
    this.#configuration[customFetch] = fetch as CustomFetch;
    this.#configuration.timeout = TIMEOUT;
    if (isLoopback(new URL(token).hostname)) allowInsecureRequests(this.#configuration);
  }

  /** Where somebody agrees. @param verifier stays here; the server gets a digest of it (RFC 7636) */
  async authorizationUrl({ redirectUri, state }: Consent, verifier: string): Promise<string> {
    const { scopes, authorizationParameters = {} } = this.#provider.oauth;
    return buildAuthorizationUrl(this.#configuration, {
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...authorizationParameters,
    }).href;
  }

  /** Where an administrator agrees for everybody; null where the provider has no such page. */
  adminConsentUrl({ redirectUri, state }: Consent): string | null {
    const { adminConsent } = this.#endpoints;
    if (adminConsent === undefined) return null;
    const url = new URL(adminConsent);
    url.searchParams.set('client_id', this.#clientId);
    url.searchParams.set('scope', this.#provider.oauth.scopes.join(' '));
    url.searchParams.set('redirect_uri', redirectUri);
    url.searchParams.set('state', state);
    return url.href;
  }

  /**
   * Tokens for the code that the callback carries.
   * @param callback the whole address that the browser came back to
   * @throws {CalendarError} {GrantRefusedError}
   */
  async exchange(
    callback: URL,
    { state, verifier, now }: { state: string; verifier: string; now: Date },
  ): Promise<Tokens> {
    const checks = { expectedState: state, pkceCodeVerifier: verifier };
    const answer = await this.#ask(() =>
      authorizationCodeGrant(this.#configuration, callback, checks),
    );
    return toTokens(answer, now, null);
  }

  /**
   * Other tokens for those. Asked once: a refresh token may be good for a single use.
   * @throws {GrantRefusedError} the account's owner must agree again
   * @throws {CalendarError}
   */
  async refresh({ refreshToken }: Tokens, now: Date): Promise<Tokens> {
    if (refreshToken === null) throw new GrantRefusedError('no refresh token');
    const answer = await this.#ask(() => refreshTokenGrant(this.#configuration, refreshToken));
    const { usesSingleUseRefreshTokens = false } = this.#provider.oauth;
    return toTokens(answer, now, usesSingleUseRefreshTokens ? null : refreshToken);
  }

  /**
   * Gives the access back.
   * @returns false where the provider cannot be told
   * @throws {CalendarError} {GrantRefusedError}
   */
  async revoke({ refreshToken, accessToken }: Tokens): Promise<boolean> {
    if (!this.#endpoints.revocation) return false;
    await this.#ask(() => tokenRevocation(this.#configuration, refreshToken ?? accessToken));
    return true;
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toOAuthError(error, this.#provider);
    }
  }
}

/** What this process was told of our client at the provider; what is missing is null. */
export function missingClient(
  { oauth }: Pick<SignInProvider, 'oauth'>,
  environment: ConnectionAccess['environment'],
): string | null {
  const wanted = [oauth.clientIdVariable, oauth.clientSecretVariable];
  const missing = wanted.filter((name) => typeof environment[name] !== 'string');
  return missing.length === 0 ? null : missing.join(' and ');
}

function readClient(
  provider: Pick<SignInProvider, 'name' | 'oauth'>,
  environment: ConnectionAccess['environment'],
): { clientId: string; clientSecret: string } {
  const missing = missingClient(provider, environment);
  const { clientIdVariable, clientSecretVariable } = provider.oauth;
  if (missing === null) {
    return {
      clientId: String(environment[clientIdVariable]),
      clientSecret: String(environment[clientSecretVariable]),
    };
  }
  const advice = `${missing} must be set for every process of Slotline: the client that you made at ${provider.name}.`;
  throw setupErrorOf(provider.name, 'key-missing', advice);
}

/** A token ends by the clock of whoever asked for it, from then on. */
function toTokens(
  answer: TokenEndpointResponse,
  asked: Date,
  formerRefreshToken: string | null,
): Tokens {
  const { access_token: accessToken, refresh_token, expires_in, scope } = answer;
  return {
    accessToken,
    refreshToken: refresh_token ?? formerRefreshToken,
    expiresAt: expires_in === undefined ? null : asked.getTime() + expires_in * 1_000,
    scope: scope ?? null,
  };
}
