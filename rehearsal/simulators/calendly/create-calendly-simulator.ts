import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createOAuthServer } from '../oauth/oauth-server.ts';
import type { OAuthClientEntry, OAuthServer } from '../oauth/oauth-server.ts';
import { isOfApi } from './api-routes.ts';
import { serveApi } from './api-server.ts';
import type { SentAnswer } from './api-server.ts';
import { SimulatorClock } from './clock.ts';
import { serveControl } from './control-server.ts';
import { Faults } from './faults.ts';
import { Hands } from './hands.ts';
import { RateLimits } from './rate-limits.ts';
import type { LimitWindow } from './rate-limits.ts';
import { addAccount } from './seed.ts';
import type { AccountSeed } from './seed.ts';
import { CalendlyState } from './state.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface CalendlySimulatorOptions {
  accounts: readonly AccountSeed[];
  /** Milliseconds since 1970; the clock can also be set while it runs. Default the machine's. */
  now?: () => number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Default 500 requests a minute and user, as of a paid plan; null for none. */
  requestLimit?: LimitWindow | null;
  /** Default 10 bookings a minute, 50 an hour, 100 a day and user; null for none. */
  bookingLimits?: readonly LimitWindow[] | null;
  /** Default true: a time that is taken is refused with the code that was seen once. */
  tellsTaken?: boolean;
  /** Applications that people can let in; none unless given. */
  clients?: OAuthClientEntry[];
  logger?: Logger;
  /** Told every answer of the API before it is sent. */
  onAnswer?: (answer: SentAnswer) => void;
}

export interface CalendlySimulator {
  url: string;
  state: CalendlyState;
  clock: SimulatorClock;
  faults: Faults;
  hands: Hands;
  webhooks: WebhookSender;
  /** Where people sign in. */
  oauth: OAuthServer;
  /** Breaks every connection, hanging ones too, and stops listening. */
  close(): Promise<void>;
}

const SCOPES = [
  'users:read',
  'event_types:read',
  'availability:read',
  'scheduled_events:read',
  'scheduled_events:write',
  'webhooks:read',
  'webhooks:write',
];

const MINUTE = 60_000;
const USUAL_REQUESTS: LimitWindow = { limit: 500, window: MINUTE };
const USUAL_BOOKINGS: readonly LimitWindow[] = [
  { limit: 10, window: MINUTE },
  { limit: 50, window: 60 * MINUTE },
  { limit: 100, window: 24 * 60 * MINUTE },
];

/** A stateful stand-in of Calendly's API on loopback, made after its documentation. */
export async function createCalendlySimulator(
  options: CalendlySimulatorOptions,
): Promise<CalendlySimulator> {
  const state = new CalendlyState();
  const clock = new SimulatorClock(options.now ?? Date.now);
  const webhooks = new WebhookSender({ state, clock, fetch: globalThis.fetch });
  const faults = new Faults();
  const hands = new Hands({ state, clock, webhooks });
  const limits = (windows: readonly LimitWindow[] | null) =>
    windows === null ? null : new RateLimits(windows, () => clock.now());
  const { requestLimit = USUAL_REQUESTS, bookingLimits = USUAL_BOOKINGS } = options;
  const api = {
    instance: {
      state,
      clock,
      webhooks,
      bookingLimits: limits(bookingLimits),
      tellsTaken: options.tellsTaken ?? true,
    },
    faults,
    requestLimits: limits(requestLimit && [requestLimit]),
    logger: options.logger ?? pino({ level: 'silent' }),
    onAnswer: options.onAnswer ?? (() => undefined),
    ownerOf: async (token: string) => (await (await oauthServer.promise).ownerOf(token))?.account,
  };
  const oauthServer = Promise.withResolvers<OAuthServer>();
  for (const account of options.accounts) addAccount(state, account, clock.now());
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/healthz') return void response.end('{"status":"ok"}');
    if (request.url?.startsWith('/simulator/') === true) {
      await serveControl({ state, clock, faults, hands, webhooks }, request, response);
    } else if (isOfApi(request)) await serveApi(api, request, response);
    else (await oauthServer.promise).handle(request, response);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      api.logger.warn({ err: error }, 'a request broke off');
      response.destroy();
    });
  });
  const host = options.host ?? '127.0.0.1';
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, host, resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${port}`;
  const oauth = createOAuthServer({
    issuer: url,
    // A refresh token is good once.
    clients: (options.clients ?? []).map((client) => ({ isRotating: true, ...client })),
    accounts: state.accounts.map(({ email }) => email),
    scopes: SCOPES,
    paths: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
    },
    accessTokenLifetime: 7_200,
  });
  oauthServer.resolve(oauth);
  return {
    url,
    oauth,
    state,
    clock,
    faults,
    hands,
    webhooks,
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
      await webhooks.settled();
    },
  };
}
