import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { putMember } from '../../../db/accounts/members.ts';
import { insertUser, replacePassword } from '../../../db/accounts/users.ts';
import type { Database } from '../../../db/database.ts';
import type { Role } from '../../../db/values.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { createKeyLimiter } from '../../../token-server/api/key-limiter.ts';
import { createAuth } from '../../../token-server/auth/create-auth.ts';
import { createAuthLimits } from '../../../token-server/auth/auth-limits.ts';
import type { OfficeConfig, TokenServerConfig } from '../../../token-server/config.ts';
import type { Outside } from '../../../token-server/api/outside.ts';
import type { RateLimiter } from '../../../token-server/rate-limiter.ts';
import { notebookProvider } from '../../support/notebook-provider.ts';
import { DIARY } from '../../support/signed-in-provider.ts';
import type { Notebook } from '../../support/notebook-provider.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { startTokenServer, testConfig } from '../start-token-server.ts';
import type { RunningTokenServer } from '../start-token-server.ts';

/** As people type it; requests of the tests reach the server by its own address. */
export const OFFICE = 'http://localhost:3000';
export const PASSWORD = 'rowing past the lighthouse';

/** Seals what the office seals. */
export const MASTER_KEY = randomBytes(32);

/** Behind the keys of calendars that a test connects without anybody's server. */
export const NOTEBOOKS = new Map<string, Notebook>();

/** Nothing listens there. */
const NOWHERE = '127.0.0.1:9';

const SECRET = randomBytes(32).toString('base64url');

export interface RunningOffice extends RunningTokenServer {
  /** A browser with a cookie jar of its own. */
  browser(): Browser;
}

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

export interface Browser {
  cookies: Map<string, string>;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/** The token server with the office on a real database. */
export async function startOffice(
  db: Database,
  options: {
    office?: Partial<OfficeConfig>;
    trustProxy?: number;
    config?: Partial<TokenServerConfig>;
    outside?: Partial<Outside>;
    officeLimiter?: RateLimiter;
  } = {},
): Promise<RunningOffice> {
  const office = {
    url: OFFICE,
    origins: [OFFICE],
    oidc: null,
    webhookAddresses: addressRule(),
    ...options.office,
  };
  let log = '';
  const logger = createLogger('token-server', 'trace', { write: (line) => void (log += line) });
  const config: TokenServerConfig = {
    ...testConfig,
    trustProxy: options.trustProxy ?? false,
    ...options.config,
  };
  const { livekit, workerName, rehearsal } = config;
  const server = await startTokenServer({
    config,
    office: {
      db,
      logger,
      office,
      auth: createAuth({ db, logger, office, secret: SECRET }),
      keyLimiter: createKeyLimiter(db),
      ofCalls: { recordings: options.config?.recordings ?? null, providers: PROVIDERS },
      entrance: { ...livekit, workerName, rehearsal },
      outside: {
        masterKey: MASTER_KEY,
        now: MACHINE_CLOCK.now,
        providers: readProviders({ CALCOM_BASE_URL: `http://${NOWHERE}` }, [
          ...PROVIDERS,
          notebookProvider(NOTEBOOKS),
          DIARY,
        ]),
        livekit: { ...testConfig.livekit, url: `ws://${NOWHERE}`, workerName: 'slotline-test' },
        webhookAddresses: office.webhookAddresses,
        isGuarded: true,
        patience: 5_000,
        ...options.outside,
      },
      limits: createAuthLimits(db, 'a-test-secret'),
      officeLimiter: options.officeLimiter ?? { take: async () => 0 },
      programLimiter: { take: async () => 0 },
    },
  });
  return {
    ...server,
    logText: () => server.logText() + log,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    browser: () => createBrowser(server.url),
  };
}

function createBrowser(url: string): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async send(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(method === 'GET' ? {} : { Origin: OFFICE }),
          ...(cookie === '' ? {} : { Cookie: cookie }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const name = pair.slice(0, pair.indexOf('='));
        const value = pair.slice(pair.indexOf('=') + 1);
        if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
      };
    },
  };
}

let hash: Promise<string> | undefined;

/** A user with PASSWORD, as a member where a role is given; answers the id. */
export async function insertPerson(
  db: Database,
  email: string,
  member?: { organizationId: string; role: Role },
): Promise<string> {
  // Making one takes a while of a core: they all have the same.
  hash ??= hashPassword(PASSWORD);
  const userId = await insertUser(db, { name: 'Mary Smith', email, emailVerified: true });
  await replacePassword(db, userId, await hash);
  if (member) await putMember(db, { ...member, userId });
  return userId;
}

/** A browser in which somebody has signed in. */
export async function signIn(office: RunningOffice, email: string): Promise<Browser> {
  const browser = office.browser();
  const { status } = await browser.send('POST', '/api/auth/sign-in/email', {
    email,
    password: PASSWORD,
  });
  if (status !== 200) throw new Error(`${email} could not sign in: ${status}`);
  return browser;
}
