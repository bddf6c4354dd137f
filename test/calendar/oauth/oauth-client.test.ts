import { describe, expect, it } from 'vitest';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  RateLimitedError,
} from '../../../calendar/calendar-error.ts';
import { OAuthClient } from '../../../calendar/oauth/oauth-client.ts';
import { GrantRefusedError } from '../../../calendar/oauth/oauth-error.ts';
import type { Tokens } from '../../../calendar/oauth/tokens.ts';
import type { OAuthSettings } from '../../../calendar/provider.ts';
import { startScripted } from '../scripted-server.ts';
import type { ScriptStep, SeenRequest } from '../scripted-server.ts';

const ENVIRONMENT = { OFFICE_CLIENT_ID: 'slotline', OFFICE_CLIENT_SECRET: 's3cret' };
const NOW = new Date('2027-03-01T12:00:00Z');
const HELD: Tokens = { accessToken: 'old', refreshToken: 'kept', expiresAt: 0, scope: 'calendars' };

let root = 'http://127.0.0.1:9';
let requests: SeenRequest[] = [];

/** What the server says from now on. */
async function script(step: ScriptStep): Promise<void> {
  ({ url: root, requests } = await startScripted([step]));
}

/** What it was sent last. */
const sent = (): URLSearchParams => new URLSearchParams(requests.at(-1)?.body as string);

function open(change: Partial<OAuthSettings> = {}, environment: object = ENVIRONMENT): OAuthClient {
  const oauth: OAuthSettings = {
    endpoints: () => ({
      issuer: root,
      authorization: `${root}/authorize?tenant=organizations`,
      token: `${root}/token`,
      revocation: `${root}/revoke`,
      adminConsent: `${root}/adminconsent`,
    }),
    scopes: ['calendars', 'offline_access'],
    clientIdVariable: 'OFFICE_CLIENT_ID',
    clientSecretVariable: 'OFFICE_CLIENT_SECRET',
    ...change,
  };
  return new OAuthClient({
    provider: { name: 'Office', oauth },
    access: { settings: {}, environment: environment as Record<string, unknown> },
  });
}

describe('a client at an authorization server', () => {
  it('asks for consent with what the provider wants beside the standard', async () => {
    const client = open({ authorizationParameters: { prompt: 'consent' } });
    const consent = { redirectUri: 'https://voice.example.com/back', state: 'a state' };
    const url = new URL(await client.authorizationUrl(consent, 'v'.repeat(43)));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: 'organizations',
      client_id: 'slotline',
      response_type: 'code',
      redirect_uri: 'https://voice.example.com/back',
      scope: 'calendars offline_access',
      state: 'a state',
      // SHA-256 of the verifier, which is not sent.
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
      prompt: 'consent',
    });
    expect(url.href).not.toContain('v'.repeat(43));
    const admin = new URL(client.adminConsentUrl(consent) ?? '');
    expect(admin.pathname).toBe('/adminconsent');
    expect(Object.fromEntries(admin.searchParams)).toEqual({
      client_id: 'slotline',
      scope: 'calendars offline_access',
      redirect_uri: 'https://voice.example.com/back',
      state: 'a state',
    });
  });

  it('is not made without id and secret, and names what is missing', () => {
    expect(() => open({}, { OFFICE_CLIENT_ID: 'slotline' })).toThrow(
      /OFFICE_CLIENT_SECRET must be set/,
    );
  });

  it.each([
    [{ expires_in: 3_600 }, NOW.getTime() + 3_600_000],
    [{ expires_in: '3600' }, NOW.getTime() + 3_600_000],
    [{}, null],
  ])('takes %j of an answer', async (given, expiresAt) => {
    await script({ body: { access_token: 'new', token_type: 'Bearer', ...given } });
    expect(await open().refresh(HELD, NOW)).toEqual({
      accessToken: 'new',
      refreshToken: 'kept',
      expiresAt,
      scope: null,
    });
    expect(Object.fromEntries(sent())).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'kept',
      client_id: 'slotline',
      client_secret: 's3cret',
    });
  });

  it('keeps no refresh token that was good once, and takes the next', async () => {
    const once = { usesSingleUseRefreshTokens: true };
    await script({ body: { access_token: 'new', token_type: 'Bearer', refresh_token: 'next' } });
    expect(await open(once).refresh(HELD, NOW)).toMatchObject({ refreshToken: 'next' });
    await script({ body: { access_token: 'new', token_type: 'Bearer' } });
    const spent = await open(once).refresh(HELD, NOW);
    expect(spent.refreshToken).toBeNull();
    await expect(open(once).refresh(spent, NOW)).rejects.toBeInstanceOf(GrantRefusedError);
  });

  it.each([
    ['a grant that is good no more', 400, { error: 'invalid_grant' }, GrantRefusedError],
    ['a person who is wanted', 400, { error: 'interaction_required' }, GrantRefusedError],
    ['a client that is not known', 401, { error: 'invalid_client' }, CalendarSetupError],
    ['too many requests', 429, { error: 'rate_limited' }, RateLimitedError],
    ['a server that is busy', 400, { error: 'temporarily_unavailable' }, CalendarUnreachableError],
    ['a server that fails', 503, { error: 'server_error' }, CalendarUnreachableError],
    ['a page in the place of an answer', 200, '<h1>Sign in</h1>', CalendarUnreachableError],
    ['a proxy’s page', 502, '<h1>Bad Gateway</h1>', CalendarUnreachableError],
    ['an answer without a token', 200, { token_type: 'Bearer' }, CalendarUnreachableError],
    [
      'another status',
      201,
      { access_token: 'new', token_type: 'Bearer' },
      CalendarUnreachableError,
    ],
  ])('tells %s', async (_name, status, body, kind) => {
    await script({
      status,
      body,
      ...(typeof body === 'string' ? { headers: { 'Content-Type': 'text/html' } } : {}),
    });
    const refusal = await open()
      .refresh(HELD, NOW)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(kind);
  });

  it('tells a client that is refused by a header, and a connection that breaks', async () => {
    await script({
      status: 401,
      body: { error: 'invalid_client' },
      headers: { 'WWW-Authenticate': 'Basic realm="x"' },
    });
    await expect(open().refresh(HELD, NOW)).rejects.toMatchObject({
      problem: 'key-refused',
      advice: expect.stringContaining('OFFICE_CLIENT_ID') as string,
    });
    await script('reset');
    await expect(open().refresh(HELD, NOW)).rejects.toBeInstanceOf(CalendarUnreachableError);
  });

  it('takes no code for a state that is not its own, and none of another issuer', async () => {
    await script({ body: { access_token: 'new', token_type: 'Bearer' } });
    const back = (search: string) => new URL(`https://voice.example.com/back?${search}`);
    const checks = { state: 'a state', verifier: 'v'.repeat(43), now: NOW };
    for (const search of [
      'code=c&state=another',
      'code=c',
      'state=a+state',
      'code=c&state=a+state&iss=https%3A%2F%2Felsewhere.example',
    ]) {
      await expect(open().exchange(back(search), checks)).rejects.toBeInstanceOf(
        CalendarUnreachableError,
      );
    }
    expect(requests).toEqual([]);
    await expect(
      open().exchange(back('error=access_denied&state=a+state'), checks),
    ).rejects.toMatchObject({ name: 'GrantRefusedError', code: 'access_denied' });
    const tokens = await open().exchange(back('code=c&state=a+state'), checks);
    expect(tokens.accessToken).toBe('new');
    expect(sent().get('code_verifier')).toBe('v'.repeat(43));
  });

  it('gives access back, and says where nobody can be told', async () => {
    await script({ body: {} });
    expect(await open().revoke(HELD)).toBe(true);
    expect(sent().get('token')).toBe('kept');
    const endpoints = { issuer: root, authorization: root, token: root, revocation: null };
    expect(await open({ endpoints: () => endpoints }).revoke(HELD)).toBe(false);
  });
});
