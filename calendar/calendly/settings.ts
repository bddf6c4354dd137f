import { z } from 'zod';
import { isLoopback } from '../../runtime/loopback.ts';
import type { ConnectionAccess } from '../provider.ts';
import { readSettings } from '../read-settings.ts';
import type { RequestWindow } from '../request-limiter.ts';

/** Where Calendly itself answers. */
const CALENDLY_BASE_URL = 'https://api.calendly.com';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What Calendly lets a user book by its API, per plan: release notes of 15 April 2026. It says nothing
 * of the Free plan: whoever has that sets what they were told.
 */
const BOOKING_WINDOWS = {
  trial: [{ limit: 5, window: DAY }],
  paid: [
    { limit: 10, window: MINUTE },
    { limit: 50, window: HOUR },
    { limit: 100, window: DAY },
  ],
  enterprise: [{ limit: 500, window: MINUTE }],
} as const satisfies Record<string, readonly RequestWindow[]>;

const AddressSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://api.example.com' })
  .refine(isPrivate, 'must begin with https://: the token would be sent in clear');

/** Settings of a Calendly connection; the token is its credential. */
export const CalendlySettingsSchema = z.object({
  /** Of a stand-in: nobody is asked for it. */
  baseUrl: AddressSchema.optional(),
  plan: z
    .enum(['trial', 'paid', 'enterprise'], { error: 'must be trial, paid or enterprise' })
    .default('paid')
    .meta({
      title: 'Plan',
      description:
        'of the Calendly account: trial (5 bookings a day), paid (100 a day, the usual one) or enterprise',
      placeholder: 'plan',
    }),
});

/** What a process may be told of Calendly. */
export const CalendlyEnvironmentSchema = z.object({
  /** Where the API of connections is asked that name no address; Calendly itself by default. */
  CALENDLY_BASE_URL: AddressSchema.optional(),
  /** Of the application that its operator makes among Calendly's developers. */
  CALENDLY_CLIENT_ID: z.string().min(1).optional(),
  CALENDLY_CLIENT_SECRET: z.string().min(1).optional(),
  /** With which Calendly signs all webhooks of that application. */
  CALENDLY_SIGNING_SECRET: z.string().min(1).optional(),
});

/**
 * The address that the paths of the API follow.
 * @throws {CalendarConfigurationError} the settings cannot be read
 */
export function baseUrlOf({
  settings,
  environment,
}: Pick<ConnectionAccess, 'settings' | 'environment'>): string {
  const { baseUrl } = readSettings(CalendlySettingsSchema, settings);
  const { CALENDLY_BASE_URL: set } = CalendlyEnvironmentSchema.parse(environment);
  return (baseUrl ?? set ?? CALENDLY_BASE_URL).replace(/\/+$/, '');
}

/** Where somebody signs in, and what gives and takes tokens. */
export function endpointsOf(access: Pick<ConnectionAccess, 'settings' | 'environment'>) {
  const { CALENDLY_BASE_URL: set } = CalendlyEnvironmentSchema.parse(access.environment);
  const root = `${set?.replace(/\/+$/, '') ?? 'https://auth.calendly.com'}/oauth`;
  return {
    issuer: set ?? 'https://calendly.com',
    authorization: `${root}/authorize`,
    token: `${root}/token`,
    revocation: `${root}/revoke`,
  };
}

/** The key that signs the webhooks of the operator's application; null where it was not given. */
export function signingSecretOf({ environment }: Pick<ConnectionAccess, 'environment'>) {
  return CalendlyEnvironmentSchema.parse(environment).CALENDLY_SIGNING_SECRET ?? null;
}

/**
 * How many bookings the connection's plan allows.
 * @throws {CalendarConfigurationError} the settings cannot be read
 */
export function bookingWindowsOf({
  settings,
}: Pick<ConnectionAccess, 'settings'>): readonly RequestWindow[] {
  return BOOKING_WINDOWS[readSettings(CalendlySettingsSchema, settings).plan];
}

/** What is said to a host of this machine cannot be overheard. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}
