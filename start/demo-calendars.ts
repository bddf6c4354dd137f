/** A program that stands for a provider of calendars on this machine. */
export const CALENDAR_SIMULATOR = {
  /** After `--calendar`, and the part's own. */
  name: 'calcom-simulator',
  /** Of the part, and of the demo's connection to it. */
  title: 'Cal.com simulator',
  program: 'rehearsal/simulators/calcom/main.ts',
  variables: {
    host: 'CALCOM_SIMULATOR_HOST',
    port: 'CALCOM_SIMULATOR_PORT',
    key: 'CALCOM_SIMULATOR_API_KEY',
  },
  usualPort: 8791,
  provider: 'calcom',
  /** By which `calendars connect` is given the provider's key. */
  credentialVariable: 'CAL_KEY',
  /** Keys of the provider begin so. */
  keyPrefix: 'cal_simulator_',
} as const;

/**
 * Programs that stand for providers whose owners sign in. The demo does not book into them: a person
 * connects one in the office, and clicks through its pages.
 */
export const SIGN_IN_SIMULATORS = [
  {
    /** After `--calendar`, and the part's own. */
    name: 'google-simulator',
    title: 'Google simulator',
    provider: 'google',
    program: 'rehearsal/simulators/google/main.ts',
    /** By which every process is told where it is, and of our client there. */
    told: {
      urls: ['GOOGLE_BASE_URL'],
      clientId: 'GOOGLE_CLIENT_ID',
      clientSecret: 'GOOGLE_CLIENT_SECRET',
    },
  },
  {
    name: 'microsoft-simulator',
    title: 'Microsoft simulator',
    provider: 'microsoft',
    program: 'rehearsal/simulators/microsoft/main.ts',
    told: {
      urls: ['MICROSOFT_GRAPH_URL', 'MICROSOFT_LOGIN_URL'],
      clientId: 'MICROSOFT_CLIENT_ID',
      clientSecret: 'MICROSOFT_CLIENT_SECRET',
    },
  },
] as const;

/** Of whichever is chosen. */
export const SIGN_IN_SIMULATOR_PORT = { variable: 'SIGN_IN_SIMULATOR_PORT', usual: 8792 } as const;

/** Our client there; its secret is the start's own. */
export const SIGN_IN_CLIENT_ID = 'slotline-simulated';

/** The provider whose calendar needs no account, and its name after `--calendar`. */
export const MADE_UP_CALENDAR = 'fake';

/** What the demo agent can book into without an account. */
export const DEMO_CALENDARS = [
  MADE_UP_CALENDAR,
  CALENDAR_SIMULATOR.name,
  ...SIGN_IN_SIMULATORS.map(({ name }) => name),
] as const;
export type DemoCalendar = (typeof DEMO_CALENDARS)[number];

/** A calendar as the program that seeds the demo is told of it. */
export interface SeededCalendar {
  name: string;
  provider: string;
  settings: Record<string, unknown>;
  credential: string | null;
}

const MADE_UP = {
  name: 'Demo calendar',
  provider: MADE_UP_CALENDAR,
  settings: { seed: 7 },
  credential: null,
} satisfies SeededCalendar;

/** The names of all that the demo makes: a calendar of another name is somebody's own. */
export const DEMO_NAMES: readonly string[] = [MADE_UP.name, CALENDAR_SIMULATOR.title];

/** The sign-in simulator that was chosen, if any. */
export function chosenSignIn(chosen: DemoCalendar) {
  return SIGN_IN_SIMULATORS.find(({ name }) => name === chosen);
}

/** @param simulator where it is reached, and its key */
export function seededCalendar(
  chosen: DemoCalendar,
  simulator: { url: string; key: string },
): SeededCalendar {
  if (chosen !== CALENDAR_SIMULATOR.name) return MADE_UP;
  const { title: name, provider } = CALENDAR_SIMULATOR;
  return { name, provider, settings: { baseUrl: simulator.url }, credential: simulator.key };
}
