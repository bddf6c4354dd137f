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

/** The provider whose calendar needs no account, and its name after `--calendar`. */
export const MADE_UP_CALENDAR = 'fake';

/** What the demo agent can book into without an account. */
export const DEMO_CALENDARS = [MADE_UP_CALENDAR, CALENDAR_SIMULATOR.name] as const;
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

/** @param simulator where it is reached, and its key */
export function seededCalendar(
  chosen: DemoCalendar,
  simulator: { url: string; key: string },
): SeededCalendar {
  if (chosen === MADE_UP_CALENDAR) return MADE_UP;
  const { title: name, provider } = CALENDAR_SIMULATOR;
  return { name, provider, settings: { baseUrl: simulator.url }, credential: simulator.key };
}
