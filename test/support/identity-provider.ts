import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

export interface IdentityProvider {
  issuer: string;
  close(): Promise<void>;
}

/** Whoever signs in is known by this login, which is an address; those that are proved are listed. */
interface IdentityOptions {
  port: number;
  client: { id: string; secret: string; redirectUri: string };
  proved: readonly string[];
}

/**
 * A certified OpenID provider on loopback, with pages on which a person signs in and agrees: of every
 * login it makes an account with that address.
 */
export async function startIdentityProvider({
  port,
  client,
  proved,
}: IdentityOptions): Promise<IdentityProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    findAccount: (_context: unknown, login: string) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: login,
        email_verified: proved.includes(login),
        name: 'Mary Smith',
      }),
    }),
    cookies: { keys: ['a key of tests'] },
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }],
    },
    pkce: { required: () => true },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    // A browser asks for it by itself.
    if (request.url === '/favicon.ico') response.writeHead(204).end();
    else handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
