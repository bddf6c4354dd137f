import { z } from 'zod';
import type { ConnectionAccess } from '../provider.ts';
import { readSettings } from '../read-settings.ts';
import { readServerAddress } from './server-address.ts';

const ServerSchema = z.string().superRefine((given, context) => {
  const read = readServerAddress(given);
  if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
});

/** What was found at the server when the calendar was connected. */
const PlacesSchema = z.object({
  /** Absolute; the collection that is booked into. */
  calendar: z.url(),
  /** What its owner calls it. */
  name: z.string(),
  /** Absolute; every collection that blocks, that one among them. */
  blocking: z.array(z.url()).min(1),
  /** By which an invitation names the account, such as `mailto:alice@example.com`. */
  addresses: z.array(z.string()),
});

export type CaldavPlaces = z.infer<typeof PlacesSchema>;

/** Settings of a CalDAV connection; the password is its credential. */
export const CaldavSettingsSchema = z.object({
  server: ServerSchema.meta({
    description: 'its address or domain, such as caldav.icloud.com',
    placeholder: 'address',
  }),
  username: z
    .string()
    .regex(/^[^:\p{Cc}]{1,200}$/u, 'must be the name to sign in with, without a colon')
    .meta({ description: 'the name to sign in with', placeholder: 'name' }),
  calendar: z.string().min(1).optional().meta({
    description: 'which calendar is booked into, by its name; needed where there are several',
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

export type CaldavSettings = z.infer<typeof CaldavSettingsSchema>;

/** @throws {CalendarConfigurationError} the settings cannot be read */
export function settingsOf({ settings }: Pick<ConnectionAccess, 'settings'>): CaldavSettings {
  return readSettings(CaldavSettingsSchema, settings);
}

/** Where the server is. */
export function serverOf({ server }: Pick<CaldavSettings, 'server'>): URL {
  const read = readServerAddress(server);
  // The schema has refused what is none.
  if (typeof read === 'string') throw new TypeError(`The server ${read}.`);
  return read;
}
