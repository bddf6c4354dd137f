/** A program that stands for a provider of calendars on this machine. */
export interface CalendarSimulator {
  /** After `--calendar`, and the part's own. */
  name: string;
  /** Of the part, and of the demo's connection to it. */
  title: string;
  program: string;
  /** Of the program: where it listens, and the key that it takes. */
  variables: { host: string; port: string; key: string };
  usualPort: number;
  provider: string;
  /** By which `calendars connect` is given the provider's key. */
  credentialVariable: string;
}

/** Each keeps its connection's address among the settings, as `baseUrl`. */
export const CALENDAR_SIMULATORS = [
  {
    name: 'calcom-simulator',
    title: 'Cal.com simulator',
    program: 'rehearsal/simulators/calcom/main.ts',
    variables: {
      host: 'CALCOM_SIMULATOR_HOST',
      port: 'CALCOM_SIMULATOR_PORT',
      key: 'CALCOM_SIMULATOR_API_KEY',
    },
    usualPort: 8791,
    provider: 'calcom',
    credentialVariable: 'CAL_KEY',
  },
  {
    name: 'calendly-simulator',
    title: 'Calendly simulator',
    program: 'rehearsal/simulators/calendly/main.ts',
    variables: {
      host: 'CALENDLY_SIMULATOR_HOST',
      port: 'CALENDLY_SIMULATOR_PORT',
      key: 'CALENDLY_SIMULATOR_TOKEN',
    },
    usualPort: 8793,
    provider: 'calendly',
    credentialVariable: 'CALENDLY_KEY',
  },
] as const satisfies readonly CalendarSimulator[];

/** What their keys begin with, as those of the first one's provider do. */
export const SIMULATOR_KEY_PREFIX = 'cal_simulator_';

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
export const SIGN_IN_SIMULATOR_PORT = { variable: 'SIGN_IN_SIMULATOR_PORT', usual: 8794 } as const;

/** Our client there; its secret is the start's own. */
export const SIGN_IN_CLIENT_ID = 'slotline-simulated';

/** The provider whose calendar needs no account, and its name after `--calendar`. */
export const MADE_UP_CALENDAR = 'fake';

/** What the demo agent can book into without an account. */
export const DEMO_CALENDARS = [
  MADE_UP_CALENDAR,
  ...CALENDAR_SIMULATORS.map(({ name }) => name),
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
export const DEMO_NAMES: readonly string[] = [
  MADE_UP.name,
  ...CALENDAR_SIMULATORS.map(({ title }) => title),
];

/** The simulator that was chosen, if any. */
export function simulatorOf(chosen: DemoCalendar): CalendarSimulator | undefined {
  return CALENDAR_SIMULATORS.find(({ name }) => name === chosen);
}

/** The sign-in simulator that was chosen, if any. */
export function chosenSignIn(chosen: DemoCalendar) {
  return SIGN_IN_SIMULATORS.find(({ name }) => name === chosen);
}

/** @param reached where a simulator is, and its key */
export function seededCalendar(
  chosen: DemoCalendar,
  reached: { url: string; key: string },
): SeededCalendar {
  const simulator = simulatorOf(chosen);
  if (!simulator) return MADE_UP;
  const { title: name, provider } = simulator;
  return { name, provider, settings: { baseUrl: reached.url }, credential: reached.key };
}
