import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Provider } from 'oidc-provider';
import { readForm, writeConsentPage, writeErrorPage } from './consent-page.ts';

/** What is wrong with the token endpoint, for so many requests. */
export type TokenFault =
  /** It answers after so many milliseconds. */
  | { kind: 'slow'; milliseconds: number; times: number }
  /** It does what it was asked, and the connection breaks before its answer. */
  | { kind: 'lost-answer'; times: number }
  /** 503, and nothing is done. */
  | { kind: 'unavailable'; times: number };

/** An application that was registered by hand, as at every provider. */
export interface OAuthClientEntry {
  id: string;
  secret: string;
  redirectUris: string[];
  /** A refresh token is good once, and its use brings another one. */
  isRotating?: boolean;
}

export interface OAuthServerOptions {
  /** Where it is reached: it must be known before, since it is part of what is said. */
  issuer: string;
  clients: OAuthClientEntry[];
  /** Everybody who can sign in. */
  accounts: string[];
  scopes: string[];
  /** Where the provider that it stands for has them. */
  paths?: { authorization?: string; token?: string; revocation?: string };
  /** Parameters of the authorization request that the provider knows beside those of the standard. */
  extraParameters?: string[];
  /** Whether a sign-in ends with a refresh token; unless given, always. */
  givesRefreshToken?: (asked: Record<string, unknown>, scopes: ReadonlySet<string>) => boolean;
  /** True where giving one token back takes back all that its owner ever granted to the client. */
  revokesAll?: boolean;
  /** Seconds that an access token lasts; an hour unless given. */
  accessTokenLifetime?: number;
}

/** Whose a token is, and what it may be used for. */
export interface TokenOwner {
  account: string;
  scopes: Set<string>;
}

export interface OAuthServer {
  /** Of every request to the issuer's host that is not for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Null: the token is none, has ended, or its access was taken back. */
  ownerOf(accessToken: string): Promise<TokenOwner | null>;
  /** The grant types that were answered with tokens, in order. */
  readonly granted: readonly string[];
  /** How many grants were refused. */
  readonly refused: number;
  /** The next requests of the token endpoint meet it. */
  fail(fault: TokenFault): void;
  /** The owner takes back, in their account, what was granted to all. */
  takeBack(account: string): Promise<void>;
  /** Every access token that was given ends now; refresh tokens stay. */
  endAccessTokens(): void;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * An authorization server that a person can click through: oidc-provider with a page on which one
 * chooses an account and agrees, scope by scope.
 */
export function createOAuthServer(options: OAuthServerOptions): OAuthServer {
  const { issuer, clients, accounts, paths = {}, givesRefreshToken = () => true } = options;
  const { accessTokenLifetime = HOUR } = options;
  const granted: string[] = [];
  const grants = new Map<string, string[]>();
  const faults: TokenFault[] = [];
  let refused = 0;
  /** Access tokens that nobody has ended before their time. */
  const standing = new Set<string>();
  /** The parameters that each grant was asked for with. */
  const askedWith = new Map<string, Record<string, unknown>>();
  const tokenPath = paths.token ?? '/token';
  const provider = new Provider(issuer, {
    clients: clients.map(({ id, secret, redirectUris }) => ({
      client_id: id,
      client_secret: secret,
      redirect_uris: redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['offline_access', ...options.scopes],
    extraParams: options.extraParameters ?? [],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
    },
    routes: {
      authorization: paths.authorization ?? '/auth',
      token: tokenPath,
      revocation: paths.revocation ?? '/revoke',
    },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    clientBasedCORS: () => false,
    findAccount: (_context: unknown, id: string) =>
      accounts.includes(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    issueRefreshToken: (
      _context: unknown,
      _client: unknown,
      { grantId, scopes }: { grantId: string; scopes: Set<string> },
    ) => givesRefreshToken(askedWith.get(grantId) ?? {}, scopes),
    expiresWithSession: () => false,
    rotateRefreshToken: (context: { oidc: { client: { clientId: string } } }) =>
      clients.find(({ id }) => id === context.oidc.client.clientId)?.isRotating ?? false,
    ttl: {
      AccessToken: accessTokenLifetime,
      AuthorizationCode: 600,
      Grant: 30 * DAY,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 30 * DAY,
      Session: DAY,
    },
    renderError: (context: { type: string; body: string }, out: { error: string }) => {
      context.type = 'html';
      context.body = writeErrorPage(out.error);
    },
  });
  provider.on(
    'grant.success',
    ({ oidc }) => void granted.push(String(oidc.params?.['grant_type'])),
  );
  provider.on('grant.error', () => void (refused += 1));
  provider.on('access_token.saved', ({ jti }) => void standing.add(jti));
  const takeBack = async (account: string): Promise<void> => {
    for (const id of grants.get(account) ?? []) await (await provider.Grant.find(id))?.destroy();
  };
  if (options.revokesAll) {
    provider.on('grant.revoked', (_context, grantId) => {
      for (const [account, ids] of grants) if (ids.includes(grantId)) void takeBack(account);
    });
  }
  const serve = provider.callback();

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { uid, params } = await provider.interactionDetails(request, response);
    const asked = (params['scope'] ?? '').split(' ').filter((scope) => scope !== '');
    if (request.method !== 'POST') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(writeConsentPage({ uid, accounts, scopes: asked }));
      return;
    }
    const form = await readForm(request);
    const account = form.get('account') ?? '';
    const finish = (result: object) =>
      provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    if (form.get('answer') !== 'allow' || !accounts.includes(account)) {
      await finish({ error: 'access_denied' });
      return;
    }
    const grant = new provider.Grant({
      accountId: account,
      clientId: params['client_id'] ?? '',
    });
    const ticked = new Set(form.getAll('scope'));
    for (const scope of asked) {
      if (ticked.has(scope) || scope === 'offline_access') grant.addOIDCScope(scope);
      else grant.rejectOIDCScope(scope);
    }
    const grantId = await grant.save();
    askedWith.set(grantId, params);
    grants.set(account, [...(grants.get(account) ?? []), grantId]);
    await finish({ login: { accountId: account }, consent: { grantId } });
  };

  const answerToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [fault] = faults;
    if (fault && (fault.times -= 1) <= 0) faults.shift();
    if (fault?.kind === 'unavailable') {
      response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>503</h1>');
      return;
    }
    if (fault?.kind === 'slow') await pause(fault.milliseconds);
    if (fault?.kind === 'lost-answer') {
      response.end = () => response.destroy();
    }
    serve(request, response);
  };

  return {
    granted,
    get refused() {
      return refused;
    },
    fail: (fault) => void faults.push({ ...fault }),
    takeBack,
    endAccessTokens: () => standing.clear(),
    async ownerOf(accessToken) {
      const token = await provider.AccessToken.find(accessToken);
      if (!token || token.isExpired || !standing.has(accessToken)) return null;
      if (!(await provider.Grant.find(token.grantId))) return null;
      return { account: token.accountId, scopes: new Set((token.scope ?? '').split(' ')) };
    },
    handle(request, response) {
      const { pathname } = new URL(request.url ?? '/', issuer);
      const failed = (): void => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      };
      if (pathname.startsWith('/interaction/')) interact(request, response).catch(failed);
      else if (pathname === tokenPath) answerToken(request, response).catch(failed);
      else serve(request, response);
    },
  };
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
}
