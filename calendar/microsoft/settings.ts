import { z } from 'zod';
import { isLoopback } from '../../runtime/loopback.ts';
import type { ConnectionAccess, OAuthEndpoints } from '../provider.ts';
import { readSettings } from '../read-settings.ts';

/** What was found in the mailbox when the calendar was connected. */
const PlacesSchema = z.object({
  /** The address of the mailbox. */
  mailbox: z.string(),
  /** The id of the calendar that is booked into. */
  calendar: z.string().min(1),
  /** What its owner calls it. */
  name: z.string(),
  /** Whether it is the one that every mailbox has. */
  isOwn: z.boolean(),
  /** The ids of all calendars that block, that one among them. */
  blocking: z.array(z.string().min(1)).min(1),
});

export type MicrosoftPlaces = z.infer<typeof PlacesSchema>;

/** Settings of a connection to a mailbox of Microsoft's. */
export const MicrosoftSettingsSchema = z.object({
  calendar: z.string().min(1).optional().meta({
    description: "which calendar is booked into, by its name; the mailbox's own unless given",
    placeholder: 'name',
  }),
  busyCalendars: z.string().min(1).optional().meta({
    description: 'which others block times too: names with commas between, or all',
    placeholder: 'names',
  }),
  teams: z
    .enum(['yes', 'no'], { error: 'must be yes or no' })
    .default('no')
    .meta({ description: 'whether appointments are Teams meetings', placeholder: 'yes|no' }),
  email: z
    .enum(['required', 'optional'], { error: 'must be required or optional' })
    .default('required')
    .meta({
      description: 'whether an attendee needs an e-mail address',
      placeholder: 'required|optional',
    }),
  places: PlacesSchema.optional(),
});

export type MicrosoftSettings = z.infer<typeof MicrosoftSettingsSchema>;

const AddressSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address', abort: true })
  .refine((url) => new URL(url).protocol === 'https:' || isLoopback(new URL(url).hostname), {
    error: 'must begin with https://: tokens would be sent in clear',
  })
  .optional();

/** The environment variables that the provider knows. */
export const MicrosoftEnvironmentSchema = z.object({
  /** Those of an application that its operator registered. */
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  /** Whose accounts may be connected: common, organizations, consumers, or the id of one organization. */
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be common, organizations, consumers or the id of a tenant')
    .optional(),
  /** Of other clouds than the usual one, such as a government's. */
  MICROSOFT_GRAPH_URL: AddressSchema,
  MICROSOFT_LOGIN_URL: AddressSchema,
});

/** Where Graph is. */
export function graphUrlOf({ environment }: Pick<ConnectionAccess, 'environment'>): string {
  const { MICROSOFT_GRAPH_URL: url } = MicrosoftEnvironmentSchema.parse(environment);
  return withoutSlash(url ?? 'https://graph.microsoft.com');
}

/** Where people sign in, and administrators agree for them. */
export function endpointsOf({
  environment,
}: Pick<ConnectionAccess, 'environment'>): OAuthEndpoints {
  const { MICROSOFT_LOGIN_URL: url, MICROSOFT_TENANT: tenant = 'common' } =
    MicrosoftEnvironmentSchema.parse(environment);
  const login = withoutSlash(url ?? 'https://login.microsoftonline.com');
  const root = `${login}/${tenant}`;
  // Where any organization's accounts may come, it is the administrator's own that agrees.
  const agreeing = tenant === 'common' || tenant === 'consumers' ? 'organizations' : tenant;
  return {
    issuer: `${root}/v2.0`,
    authorization: `${root}/oauth2/v2.0/authorize`,
    token: `${root}/oauth2/v2.0/token`,
    revocation: null,
    adminConsent: `${login}/${agreeing}/v2.0/adminconsent`,
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** @throws {CalendarConfigurationError} the settings cannot be read */
export function settingsOf({ settings }: Pick<ConnectionAccess, 'settings'>): MicrosoftSettings {
  return readSettings(MicrosoftSettingsSchema, settings);
}
