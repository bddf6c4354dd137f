import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { serveApi, type SentAnswer } from './api-server.ts';
import type { Instance } from './call.ts';
import { SettableClock } from './clock.ts';
import { serveControl } from './control-server.ts';
import { Faults } from './faults.ts';
import { RateLimiter, type RateLimitOptions } from './rate-limit.ts';
import { addAccount, addTeam, type AccountSeed, type TeamSeed } from './seed.ts';
import { SlotsCache } from './slots-cache.ts';
import { CalcomState, type Edition } from './state.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface CalcomSimulatorOptions {
  accounts: readonly AccountSeed[];
  teams?: readonly TeamSeed[];
  /** Milliseconds since 1970; the clock can also be set while it runs. Default the machine's. */
  now?: () => number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Default 120 requests a minute and key, as Cal.com's; null for none. */
  rateLimit?: RateLimitOptions | null;
  /**
   * The gap between a booking's check and its commit, in which another may come: milliseconds, or a
   * function that waits. Default 5 ms.
   */
  raceWindow?: number | (() => Promise<void>);
  /** The address of the booking pages. */
  bookerUrl?: string;
  /** Milliseconds for which a list of slots is answered again to the very same query. Default 2 s, as Cal.com does. */
  slotsCache?: number;
  /** What it knows for bookings beyond 2024-08-13. Default none, as an instance of one's own. */
  laterVersions?: readonly string[];
  /** Default that of the instance whose recordings are the oldest. */
  edition?: Edition;
  /** Decides which requests a fault with a probability strikes. Default `Math.random`. */
  random?: () => number;
  logger?: Logger;
  /** Told every answer of the API before it is sent. */
  onAnswer?: (answer: SentAnswer) => void;
}

export interface CalcomSimulator {
  /** Without `/v2`. */
  url: string;
  state: CalcomState;
  clock: SettableClock;
  faults: Faults;
  webhooks: WebhookSender;
  /** Breaks every connection, hanging ones too, and stops listening. */
  close(): Promise<void>;
}

/**
 * A stateful stand-in of the Cal.com API v2 on loopback, which answers as a running instance was
 * recorded to answer.
 */
export async function createCalcomSimulator(
  options: CalcomSimulatorOptions,
): Promise<CalcomSimulator> {
  const state = new CalcomState(options.edition ?? USUAL_EDITION);
  const clock = new SettableClock(options.now ?? Date.now);
  const bookerUrl = options.bookerUrl ?? 'http://127.0.0.1:3000';
  const webhooks = new WebhookSender({ state, clock, bookerUrl, fetch: globalThis.fetch });
  const faults = new Faults({ random: options.random ?? Math.random, now: () => clock.now() });
  const instance: Instance = {
    state,
    clock,
    webhooks,
    bookerUrl,
    raceWindow: waitOf(options.raceWindow ?? 5),
    laterVersions: options.laterVersions ?? [],
    slotsCache: new SlotsCache(options.slotsCache ?? 2_000, Date.now),
  };
  for (const account of options.accounts) addAccount(state, account);
  for (const team of options.teams ?? []) addTeam(state, team);

  const rateLimit = options.rateLimit === undefined ? USUAL_LIMIT : options.rateLimit;
  const api = {
    instance,
    faults,
    // Counted in the machine's time: a clock that is set would end or stretch a window.
    rateLimiter: rateLimit === null ? null : new RateLimiter(rateLimit, Date.now),
    logger: options.logger ?? pino({ level: 'silent' }),
    onAnswer: options.onAnswer ?? (() => undefined),
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      api.logger.warn({ err: error }, 'a request broke off');
      response.destroy();
    });
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/healthz') return void response.end('{"status":"ok"}');
    if (request.url?.startsWith('/simulator/') === true) {
      await serveControl({ instance, faults }, request, response);
    } else await serveApi(api, request, response);
  };

  const host = options.host ?? '127.0.0.1';
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, host, resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    state,
    clock,
    faults,
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

const USUAL_EDITION: Edition = { video: 'integrations:coachos_meet', domain: 'Cal.com' };
const USUAL_LIMIT: RateLimitOptions = { limit: 120, window: 60_000 };

function waitOf(raceWindow: number | (() => Promise<void>)): () => Promise<void> {
  if (typeof raceWindow === 'function') return raceWindow;
  return async () => {
    await (raceWindow > 0 ? sleep(raceWindow) : turn());
  };
}
