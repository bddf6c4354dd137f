import { z } from 'zod';
import { readEnvironment } from '../runtime/environment.ts';
import type { Fetch } from '../runtime/http-transport.ts';
import { allowedAddresses } from '../runtime/public-address.ts';
import { calcom } from './calcom/provider.ts';
import { caldav } from './caldav/provider.ts';
import { calendly } from './calendly/provider.ts';
import { CalendarConfigurationError } from './calendar-error.ts';
import { fake } from './fake/provider.ts';
import { google } from './google/provider.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { microsoft } from './microsoft/provider.ts';
import type { CalendarProvider } from './provider.ts';

/** Every provider there is, in the order in which a person reads of them. */
export const PROVIDERS: readonly CalendarProvider[] = [
  calcom,
  calendly,
  google,
  microsoft,
  caldav,
  fake,
];

/** The providers as one process knows them: with what its environment says to them. */
export interface Providers {
  list: readonly CalendarProvider[];
  /** By the name of the variable. */
  environment: Readonly<Record<string, unknown>>;
  /** Reaches the internet, and of private networks those that the environment allows; none by default. */
  guarded?: Fetch;
}

const NETWORKS = z.object({ CALENDAR_PRIVATE_NETWORKS: allowedAddresses });

/**
 * Reads what the environment says to the providers.
 * @throws {EnvironmentError} naming each variable that is wrong
 */
export function readProviders(
  environment: NodeJS.ProcessEnv,
  list: readonly CalendarProvider[] = PROVIDERS,
): Providers {
  const shapes = list.map((provider) => provider.environment?.shape ?? {});
  const schema = z.object(Object.assign({}, ...shapes) as z.ZodRawShape);
  const { CALENDAR_PRIVATE_NETWORKS: rule } = readEnvironment(NETWORKS, environment);
  return {
    list,
    environment: readEnvironment(schema, environment),
    guarded: guardedFetch(rule),
  };
}

/**
 * The provider of a connection.
 * @throws {CalendarConfigurationError} this version knows none of that id
 */
export function providerOf(
  connection: { provider: string },
  list: readonly CalendarProvider[],
): CalendarProvider {
  const found = list.find(({ id }) => id === connection.provider);
  if (found) return found;
  throw new CalendarConfigurationError(
    `The calendar's provider "${connection.provider}" is not known to this version of Slotline.`,
  );
}

/** How a person reads the provider of that id. */
export function providerName(id: string, { list }: Providers): string {
  return list.find((provider) => provider.id === id)?.name ?? id;
}
