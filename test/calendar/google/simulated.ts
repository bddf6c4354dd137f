import { afterAll, beforeAll } from 'vitest';
import type { Calendar } from '../../../calendar/calendar.ts';
import { google } from '../../../calendar/google/provider.ts';
import { OAuthClient } from '../../../calendar/oauth/oauth-client.ts';
import type { SignInProvider } from '../../../calendar/oauth/oauth-client.ts';
import type { Tokens } from '../../../calendar/oauth/tokens.ts';
import type { TokenSource } from '../../../calendar/oauth/token-source.ts';
import type { BusyCalendar, CalendarEvent, ConnectionAccess } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import type { Availability, WorkingRange } from '../../../calendar/slots/availability.ts';
import { createGoogleSimulator } from '../../../rehearsal/simulators/google/create-google-simulator.ts';
import type {
  GoogleSimulator,
  GoogleSimulatorOptions,
} from '../../../rehearsal/simulators/google/create-google-simulator.ts';
import { agree } from '../../support/agree.ts';

export const ALICE = 'alice@example.com';
export const BOB = 'bob@example.com';
/** Calendars of Alice's beside her main one, and one of Bob's that she sees the times of. */
export const APPOINTMENTS = 'appointments@group.calendar.google.com';
export const SURGERY = 'surgery@group.calendar.google.com';
export const BOBS = 'bobs@group.calendar.google.com';

const ZONE = 'America/New_York';
const CALLBACK = 'http://localhost:3000/api/calendar/google/callback';
const CLIENT = { id: 'slotline.apps.example', secret: 's3cret', redirectUris: [CALLBACK] };

const NINE_TO_FIVE: WorkingRange[] = [[540, 1_020]];

/** Nine to five on every day, in three lengths. */
export const EVERY_DAY: Availability = {
  ...USUAL_AVAILABILITY,
  weekly: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, NINE_TO_FIVE])),
  durations: [15, 60],
};

const never = () => Promise.reject(new Error('Google has a place of its own for bookings.'));
const NO_BOOKINGS = {
  listConfirmed: never,
  listAll: never,
  find: never,
  insert: never,
  move: never,
  cancel: never,
};

/** What a process is told of a simulator. */
export function environmentOf({ url }: GoogleSimulator): Record<string, string> {
  return {
    GOOGLE_CLIENT_ID: CLIENT.id,
    GOOGLE_CLIENT_SECRET: CLIENT.secret,
    GOOGLE_BASE_URL: url,
  };
}

/** A Google of the test file's own. */
export function useGoogle(options: Partial<GoogleSimulatorOptions> = {}): {
  readonly simulator: GoogleSimulator;
} {
  let simulator: GoogleSimulator | undefined;
  beforeAll(async () => {
    simulator = await createGoogleSimulator({
      clients: [CLIENT],
      accounts: [
        { email: ALICE, timeZone: ZONE },
        { email: BOB, timeZone: ZONE },
      ],
      calendars: [
        { id: APPOINTMENTS, summary: 'Appointments', timeZone: ZONE, owner: ALICE },
        { id: SURGERY, summary: 'Surgery', timeZone: ZONE, owner: ALICE },
        { id: BOBS, summary: 'Bob', timeZone: ZONE, owner: BOB, freeBusyReaders: [ALICE] },
      ],
      ...options,
    });
  });
  afterAll(async () => simulator?.close());
  return {
    get simulator() {
      if (!simulator) throw new Error('The simulator starts in beforeAll: use it inside tests.');
      return simulator;
    },
  };
}

/** Tokens of somebody who clicked through the pages. */
export async function grantTokens(
  simulator: GoogleSimulator,
  account = ALICE,
  scopes?: readonly string[],
): Promise<{ client: OAuthClient; tokens: Tokens }> {
  const access = { settings: {}, environment: environmentOf(simulator) };
  const client = new OAuthClient({ provider: google as SignInProvider, access });
  const state = 's'.repeat(43);
  const verifier = 'v'.repeat(43);
  const url = await client.authorizationUrl({ redirectUri: CALLBACK, state }, verifier);
  const callback = await agree(url, { account, ...(scopes ? { scopes } : {}) });
  return { client, tokens: await client.exchange(callback, { state, verifier, now: new Date() }) };
}

/** Tokens of one process: refreshed when they are refused. */
export async function tokenSource(
  simulator: GoogleSimulator,
  account = ALICE,
  scopes?: readonly string[],
): Promise<TokenSource> {
  const granted = await grantTokens(simulator, account, scopes);
  let { tokens } = granted;
  return {
    accessToken: () => Promise.resolve(tokens.accessToken),
    async renew() {
      tokens = await granted.client.refresh(tokens, new Date());
      return tokens.accessToken;
    },
  };
}

export function accessTo(
  simulator: GoogleSimulator,
  tokens: TokenSource,
  settings: Record<string, unknown> = {},
): ConnectionAccess {
  return {
    settings,
    credential: null,
    tokens,
    environment: environmentOf(simulator),
    // The limit of requests is not what is tested.
    limiter: () => memoryLimiter({ limit: 1_000_000, window: 60_000 }),
  };
}

/** The settings of a connection with what was found out about its account. */
export async function connected(access: ConnectionAccess): Promise<Record<string, unknown>> {
  const account = await google.readAccount?.(access);
  return { ...(access.settings as object), ...account?.settings };
}

/** An event that is booked into a calendar of the simulator. */
export async function openGoogle(
  simulator: GoogleSimulator,
  tokens: TokenSource,
  settings: Record<string, unknown> = {},
  event: Partial<CalendarEvent> & { now?: () => Date } = {},
): Promise<Calendar> {
  const { now = () => new Date(), ...more } = event;
  const access = accessTo(simulator, tokens, settings);
  return google.open(
    { ...access, settings: await connected(access) },
    {
      eventType: 'visit',
      title: 'A visit',
      durationMinutes: 30,
      timeZone: ZONE,
      meetingLink: 'provider',
      availability: EVERY_DAY,
      ...more,
    },
    { now, bookings: NO_BOOKINGS },
  );
}

/** The calendars of a connection, as an event that is booked into another one reads them. */
export async function openGoogleBusy(
  simulator: GoogleSimulator,
  settings: Record<string, unknown> = {},
  fetch?: typeof globalThis.fetch,
): Promise<BusyCalendar> {
  const access = accessTo(simulator, await tokenSource(simulator), settings);
  const opened = google.openBusy?.(
    { ...access, settings: await connected(access), fetch },
    { timeZone: ZONE },
    { now: () => new Date(), bookings: NO_BOOKINGS },
  );
  if (!opened) throw new Error('A Google calendar does not tell what stands in it.');
  return opened;
}
