import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, OFFICE, startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

const CLIENT = { clientId: 'slotline', clientSecret: 'a-client-secret' };

const database = useTestDatabase();
let office: RunningOffice;
let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
  office = await startOffice(database.db, {
    office: { oidc: { issuer: provider.issuer, ...CLIENT } },
  });
  const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  for (const email of ['mary@example.com', 'unproved@example.com']) {
    await insertPerson(database.db, email, { organizationId, role: 'staff' });
  }
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
  provider.server.closeAllConnections();
  await new Promise((resolve) => provider.server.close(resolve));
});

/** Goes to the provider and comes back as whoever it says; answers where that leads. */
async function comeBackAs(browser: Browser, claims: Claims): Promise<string> {
  const begun = await browser.send('POST', '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/office',
  });
  expect(begun.status).toBe(200);
  const { url } = begun.body as { url: string };
  const asked = new URL(url);
  expect(asked.origin).toBe(provider.issuer);
  expect(asked.searchParams.get('redirect_uri')).toBe(`${OFFICE}/api/auth/callback/oidc`);
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
  provider.claims = claims;
  provider.nonce = asked.searchParams.get('nonce');
  const state = asked.searchParams.get('state') ?? '';
  const back = await browser.send('GET', `/api/auth/callback/oidc?code=a-code&state=${state}`);
  expect(back.status).toBe(302);
  return back.headers.get('location') ?? '';
}

const sessionIn = async (browser: Browser) =>
  (await browser.send('GET', '/api/auth/get-session')).body;

test('lets in who has been let in, by an address that the provider has proved', async () => {
  const browser = office.browser();
  const leadsTo = await comeBackAs(browser, { sub: '1', email: 'mary@example.com', proved: true });
  expect(leadsTo).not.toMatch(/error/);
  expect(await sessionIn(browser)).toMatchObject({ user: { email: 'mary@example.com' } });
  const told = await database.db
    .selectFrom('auditEntries')
    .select('action')
    .where('action', '=', 'member.oidc_linked')
    .execute();
  expect(told).toHaveLength(1);
});

test('lets nobody in whom nobody invited', async () => {
  const browser = office.browser();
  const leadsTo = await comeBackAs(browser, { sub: '2', email: 'who@example.com', proved: true });
  expect(leadsTo).toMatch(/error=/);
  expect(await sessionIn(browser)).toBeNull();
  const { pathname, search, origin } = new URL(leadsTo, OFFICE);
  expect(origin).toBe(OFFICE);
  const said = await browser.send('GET', `${pathname}${search}`);
  expect(said.body).toMatchObject({
    code: 'forbidden',
    detail: expect.stringContaining('nobody is signed in') as string,
  });
});

test('gives nobody an account by an address that is not proved', async () => {
  const browser = office.browser();
  const claims = { sub: '3', email: 'unproved@example.com', proved: false };
  expect(await comeBackAs(browser, claims)).toMatch(/error=/);
  expect(await sessionIn(browser)).toBeNull();
});

test('takes no token that a page brings', async () => {
  const answer = await office.browser().send('POST', '/api/auth/sign-in/social', {
    provider: 'oidc',
    idToken: { token: 'a.b.c' },
  });
  expect(answer.body).toMatchObject({ code: 'invalid_request', field: 'idToken' });
});

interface Claims {
  sub: string;
  email: string;
  proved: boolean;
}

interface IdentityProvider {
  issuer: string;
  server: Server;
  claims: Claims | null;
  nonce: string | null;
}

/** OpenID Connect Discovery 1.0 and Core 1.0, as far as a sign-in by code goes. */
async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = (payload: object): string => {
    const [head, body] = [{ alg: 'RS256', kid: '1', typ: 'JWT' }, payload].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey);
    return `${head}.${body}.${signature.toString('base64url')}`;
  };
  const answerOf = (path: string, authorization: string | undefined): object | null => {
    const { issuer, claims, nonce } = idp;
    const person = claims && {
      sub: claims.sub,
      email: claims.email,
      email_verified: claims.proved,
      name: 'Mary Smith',
    };
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        };
      case '/jwks':
        return {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
        };
      case '/token': {
        const iat = Math.floor(MACHINE_CLOCK.now().getTime() / 1_000);
        return {
          access_token: 'an-access-token',
          token_type: 'Bearer',
          expires_in: 300,
          id_token: sign({
            ...person,
            iss: issuer,
            aud: CLIENT.clientId,
            iat,
            exp: iat + 300,
            ...(nonce === null ? {} : { nonce }),
          }),
        };
      }
      case '/userinfo':
        return authorization === 'Bearer an-access-token' ? person : null;
      default:
        return null;
    }
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answer = answerOf(pathname, request.headers.authorization);
    response.writeHead(answer === null ? 401 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const idp: IdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    claims: null,
    nonce: null,
  };
  return idp;
}
