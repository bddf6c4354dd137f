import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import type { CalendarProvider } from '../../calendar/provider.ts';
import { createOAuthServer } from '../../rehearsal/simulators/oauth/oauth-server.ts';
import type { OAuthServer } from '../../rehearsal/simulators/oauth/oauth-server.ts';
import { newNotebook, notebookProvider } from './notebook-provider.ts';

export const DIARY_ENVIRONMENT = { DIARY_CLIENT_ID: 'slotline', DIARY_CLIENT_SECRET: 's3cret' };
/** Of the office in tests, as start-office.ts has it. */
const CALLBACK = 'http://localhost:3000/api/calendar/diary/callback';
export const DIARY_SCOPES = ['diary.read', 'diary.write'];
/** Accounts of the authorization server. */
export const ADA = 'ada@example.com';
export const GRACE = 'grace@example.com';

const SettingsSchema = z.object({
  volume: z.string().min(1).default('I').meta({ description: 'which of them' }),
});

/** Without a server: for what is described and never asked. */
export const DIARY = diaryProvider('http://127.0.0.1:9', () => undefined, false);

/**
 * A provider that exists in tests alone, whose owners sign in at a real authorization server: a
 * notebook that is opened by an access token.
 */
export function diaryProvider(
  issuer: string,
  server: () => OAuthServer | undefined,
  isSingleUse: boolean,
): CalendarProvider {
  const notebooks = new Map([
    [ADA, newNotebook(ADA)],
    [GRACE, newNotebook(GRACE)],
  ]);
  const { webhooks: _webhooks, ...notebook } = notebookProvider(notebooks);
  return {
    ...notebook,
    id: 'diary',
    name: 'Diary',
    settings: SettingsSchema,
    credential: null,
    oauth: {
      endpoints: () => ({
        issuer,
        authorization: `${issuer}/auth`,
        token: `${issuer}/token`,
        revocation: `${issuer}/revoke`,
      }),
      scopes: DIARY_SCOPES,
      clientIdVariable: 'DIARY_CLIENT_ID',
      clientSecretVariable: 'DIARY_CLIENT_SECRET',
      usesSingleUseRefreshTokens: isSingleUse,
    },
    environment: z.object({
      DIARY_CLIENT_ID: z.string().optional(),
      DIARY_CLIENT_SECRET: z.string().optional(),
    }),
    examples: ['calendars connect Desk --provider diary'],
    async readAccount({ tokens }) {
      const token = (await tokens?.accessToken()) ?? '';
      const owner = await server()?.ownerOf(token);
      // As an adapter does after a 401.
      const renewed = owner ?? (await server()?.ownerOf((await tokens?.renew(token)) ?? ''));
      if (!renewed) throw new Error('No token opens the diary.');
      return { name: renewed.account, timeZone: 'Europe/Zurich' };
    },
  };
}

/** A diary and its authorization server, of a test file's own. */
export function useDiary(options: { isRotating?: boolean; callback?: () => string } = {}): {
  readonly server: OAuthServer;
  readonly provider: CalendarProvider;
} {
  const { isRotating = false, callback = () => CALLBACK } = options;
  let issuer = '';
  let server: OAuthServer | undefined;
  // Once somebody asks it: where it sends them back to is known then.
  const start = (): OAuthServer =>
    (server ??= createOAuthServer({
      issuer,
      clients: [
        {
          id: DIARY_ENVIRONMENT.DIARY_CLIENT_ID,
          secret: DIARY_ENVIRONMENT.DIARY_CLIENT_SECRET,
          isRotating,
          redirectUris: [callback()],
        },
      ],
      accounts: [ADA, GRACE],
      scopes: DIARY_SCOPES,
    }));
  const http = createServer((request, response) => start().handle(request, response));
  beforeAll(async () => {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  return {
    get server() {
      return start();
    },
    get provider() {
      return diaryProvider(issuer, () => server, isRotating);
    },
  };
}
