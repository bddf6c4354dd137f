import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOAuthServer } from '../oauth/oauth-server.ts';
import type { OAuthClientEntry, OAuthServer } from '../oauth/oauth-server.ts';
import { isForApi, serveApi } from './api-server.ts';
import type { Exchange } from './api-server.ts';
import { Faults } from './faults.ts';
import type { EventFields, SimulatedCalendar, StoredEvent } from './model.ts';
import { Notifier } from './notifier.ts';
import { GoogleState } from './state.ts';
import type { NewCalendar } from './state.ts';

const SCOPE = 'https://www.googleapis.com/auth/calendar';
const SCOPES = ['.events.owned', '.freebusy', '.calendarlist.readonly', '.readonly', '.events'];

export interface GoogleSimulatorOptions {
  clients: OAuthClientEntry[];
  /** Each has a main calendar of its own address. */
  accounts: { email: string; timeZone: string }[];
  /** Beside the main ones. */
  calendars?: NewCalendar[];
  host?: string;
  /** Any free one unless given. */
  port?: number;
  now?: () => Date;
  /** Requests of an account a minute; as many as it likes unless given. */
  perMinute?: number;
}

/** What a calendar's owner does in Google's own pages. */
export interface OwnersHand {
  add(event: EventFields): StoredEvent;
  edit(id: string, fields: Partial<EventFields>): StoredEvent;
  remove(id: string): void;
  all(): StoredEvent[];
}

export interface GoogleSimulator {
  url: string;
  oauth: OAuthServer;
  faults: Faults;
  notifier: Notifier;
  state: GoogleState;
  /** Everything that was done, in order. */
  readonly exchanges: readonly Exchange[];
  budget: { perMinute: number | null };
  owner(calendar: string): OwnersHand;
  close(): Promise<void>;
}

/**
 * Google Calendar on loopback, as far as its contract is known: it remembers, refuses no overlap, and
 * has a page on which one signs in and agrees. What it does is told by `faults`.
 */
export async function createGoogleSimulator(
  options: GoogleSimulatorOptions,
): Promise<GoogleSimulator> {
  const { accounts, calendars = [], host = '127.0.0.1', port = 0, perMinute = null } = options;
  const state = new GoogleState(options.now ?? (() => new Date()));
  for (const { email, timeZone } of accounts) {
    state.addCalendar({ id: email, summary: email, timeZone, owner: email });
  }
  for (const calendar of calendars) state.addCalendar(calendar);
  const faults = new Faults();
  const notifier = new Notifier(state);
  const exchanges: Exchange[] = [];
  const budget = { perMinute };
  let oauth: OAuthServer | undefined;
  const server = createServer((request, response) => {
    const signIn = oauth;
    if (!signIn) response.writeHead(503).end();
    else if (isForApi(request))
      void serveApi({ ...parts, ownerOf: (token) => signIn.ownerOf(token) }, request, response);
    else signIn.handle(request, response);
  });
  const record = (exchange: Exchange): void => void exchanges.push(exchange);
  const parts = { state, faults, notifier, budget, record };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  oauth = createOAuthServer({
    issuer: url,
    clients: options.clients,
    accounts: accounts.map(({ email }) => email),
    scopes: SCOPES.map((scope) => SCOPE + scope),
    paths: { authorization: '/o/oauth2/v2/auth', token: '/token', revocation: '/revoke' },
    extraParameters: ['access_type', 'include_granted_scopes'],
    revokesAll: true,
    // As Google: only who asks for it gets one.
    givesRefreshToken: (asked) => asked['access_type'] === 'offline',
  });
  return {
    url,
    oauth,
    faults,
    notifier,
    state,
    exchanges,
    budget,
    owner: (id) => handOf(state, id),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await notifier.settled();
    },
  };
}

function handOf(state: GoogleState, id: string): OwnersHand {
  const calendar = state.calendars.get(id);
  if (!calendar) throw new Error(`The simulator has no calendar ${id}.`);
  return {
    add: (event) => state.insert(calendar, undefined, event),
    edit: (of, fields) => state.change(calendar, find(calendar, of), fields),
    remove: (of) => state.remove(calendar, find(calendar, of)),
    all: () => [...calendar.events.values()],
  };
}

function find(calendar: SimulatedCalendar, id: string): StoredEvent {
  const event = calendar.events.get(id);
  if (!event) throw new Error(`The calendar has no event ${id}.`);
  return event;
}
