import { z } from 'zod';
import { isLoopback } from '../../runtime/loopback.ts';
import type { ConnectionAccess, OAuthEndpoints } from '../provider.ts';
import { readSettings } from '../read-settings.ts';

/** What was found in the account when it was connected. */
const PlacesSchema = z.object({
  /** The id of the calendar that is booked into. */
  calendar: z.string(),
  /** What its owner calls it. */
  name: z.string(),
  /** Ids of every other calendar that blocks. */
  blocking: z.array(z.string()).max(49),
});

export type GooglePlaces = z.infer<typeof PlacesSchema>;

/** Settings of a Google calendar; its owner signs in. */
export const GoogleSettingsSchema = z.object({
  calendar: z.string().min(1).optional().meta({
    description: 'which calendar is booked into, by its name; the main one unless given',
    placeholder: 'name',
  }),
  busyCalendars: z.string().min(1).optional().meta({
    description: 'which others block times too: names with commas between, or all',
    placeholder: 'names',
  }),
  email: z
    .enum(['required', 'optional'], { error: 'must be required or optional' })
    .default('required')
    .meta({
      description: 'whether an attendee needs an e-mail address',
      placeholder: 'required|optional',
    }),
  places: PlacesSchema.optional(),
});

export type GoogleSettings = z.infer<typeof GoogleSettingsSchema>;

/** What a process may be told of Google. */
export const GoogleEnvironmentSchema = z.object({
  /** Of the client that its operator makes in the Google Cloud console. */
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  /** Of a server that stands for Google, sign-in and calendars alike; Google itself by default. */
  GOOGLE_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address', abort: true })
    .refine((url) => new URL(url).protocol === 'https:' || isLoopback(new URL(url).hostname), {
      error: 'must begin with https://: tokens would be sent in clear',
    })
    .optional(),
});

/** @throws {CalendarConfigurationError} the settings cannot be read */
export function settingsOf({ settings }: Pick<ConnectionAccess, 'settings'>): GoogleSettings {
  return readSettings(GoogleSettingsSchema, settings);
}

/** The address that the API's paths follow. */
export function apiRootOf(access: Pick<ConnectionAccess, 'environment'>): string {
  return `${standInOf(access) ?? 'https://www.googleapis.com'}/calendar/v3`;
}

/** Where somebody signs in, and what gives and takes tokens. */
export function endpointsOf(access: Pick<ConnectionAccess, 'environment'>): OAuthEndpoints {
  const standIn = standInOf(access);
  return {
    issuer: standIn ?? 'https://accounts.google.com',
    authorization: `${standIn ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
    token: `${standIn ?? 'https://oauth2.googleapis.com'}/token`,
    revocation: `${standIn ?? 'https://oauth2.googleapis.com'}/revoke`,
  };
}

function standInOf({ environment }: Pick<ConnectionAccess, 'environment'>): string | null {
  const { GOOGLE_BASE_URL: url } = GoogleEnvironmentSchema.parse(environment);
  return url?.replace(/\/+$/, '') ?? null;
}
