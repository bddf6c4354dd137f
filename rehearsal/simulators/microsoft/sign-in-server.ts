import type { IncomingMessage, ServerResponse } from 'node:http';
import { createOAuthServer } from '../oauth/oauth-server.ts';
import type { OAuthClientEntry, OAuthServer } from '../oauth/oauth-server.ts';

export interface SignInServerOptions {
  /** Where the simulator is reached: it stands for login.microsoftonline.com too. */
  url: string;
  clients: OAuthClientEntry[];
  /** Addresses of the mailboxes. */
  accounts: string[];
}

export const CALENDARS_SCOPE = 'https://graph.microsoft.com/Calendars.ReadWrite';
/** In the place of an organization: accounts of all kinds. */
const TENANT = '/common';

/** Whether a request is for whoever signs people in, and not for Graph. */
export function isOfSignIn({ url = '/' }: IncomingMessage): boolean {
  return !url.startsWith('/v1.0/');
}

/** The sign-in of Microsoft's accounts, with its addresses. */
export function createSignInServer({ url, clients, accounts }: SignInServerOptions): OAuthServer {
  const server = createOAuthServer({
    issuer: `${url}${TENANT}/v2.0`,
    clients,
    accounts,
    scopes: [CALENDARS_SCOPE],
    paths: {
      authorization: `${TENANT}/oauth2/v2.0/authorize`,
      token: `${TENANT}/oauth2/v2.0/token`,
    },
  });
  return Object.create(server, {
    handle: {
      value(request: IncomingMessage, response: ServerResponse): void {
        const { pathname, searchParams } = new URL(request.url ?? '/', url);
        if (pathname.endsWith('/v2.0/adminconsent')) {
          agreeForAll(searchParams, response);
          return;
        }
        // One chooses an account there always; the server below knows no such word.
        if (request.url) request.url = request.url.replace(/([?&])prompt=select_account&?/, '$1');
        server.handle(request, response);
      },
    },
  }) as OAuthServer;
}

/** An administrator who opens the address has agreed: there is nothing here that they could refuse. */
function agreeForAll(asked: URLSearchParams, response: ServerResponse): void {
  const back = URL.parse(asked.get('redirect_uri') ?? '');
  if (!back) {
    response.writeHead(400).end('AADSTS900144: redirect_uri is missing.');
    return;
  }
  back.searchParams.set('admin_consent', 'True');
  back.searchParams.set('tenant', '00000000-0000-0000-0000-000000000008');
  back.searchParams.set('state', asked.get('state') ?? '');
  response.writeHead(302, { Location: back.href }).end();
}
