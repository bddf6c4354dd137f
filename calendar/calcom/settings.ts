import { z } from 'zod';
import { isLoopback } from '../../runtime/loopback.ts';
import type { ConnectionAccess } from '../provider.ts';
import { readSettings } from '../read-settings.ts';

/** Where Cal.com itself answers. */
export const CALCOM_BASE_URL = 'https://api.cal.com';

/** Where an instance is: the address before `/v2`. */
const InstanceSchema = z
  .url({
    protocol: /^https?$/,
    error: 'must be an address such as https://api.example.com',
    // What is no address cannot be read for the rules below.
    abort: true,
  })
  .refine(
    isPlain,
    'must be the address alone, without a user or password, a "?" or a "#": the key is given apart',
  )
  .refine(isPrivate, 'must begin with https://: the key would be sent in clear');

/** Settings of a Cal.com connection; the API key is its credential. */
export const CalcomSettingsSchema = z.object({
  /** Of a self-hosted instance. */
  baseUrl: InstanceSchema.optional().meta({
    title: 'Address of your own instance',
    description: 'of an instance of your own, the address before /v2',
    placeholder: 'url',
  }),
  /** Whose event types are meant; the key's owner unless a team is named. */
  username: z.string().min(1).optional().meta({
    title: 'User name',
    description: 'whose event types; must be the owner of the key',
    placeholder: 'name',
  }),
  /** Looks for event types in this team alone. */
  teamId: z.int({ error: 'must be a whole number' }).positive().optional().meta({
    title: 'Number of a team',
    description: 'look for event types in this team alone',
    placeholder: 'number',
  }),
});

/** What a process may be told of Cal.com. */
export const CalcomEnvironmentSchema = z.object({
  /** Of connections that name no instance of their own; Cal.com itself by default. */
  CALCOM_BASE_URL: InstanceSchema.optional(),
});

/**
 * The address that a connection's key is sent to.
 * @throws {CalendarConfigurationError} the settings cannot be read
 */
export function baseUrlOf({
  settings,
  environment,
}: Pick<ConnectionAccess, 'settings' | 'environment'>): string {
  const { baseUrl } = readSettings(CalcomSettingsSchema, settings);
  return baseUrl ?? CalcomEnvironmentSchema.parse(environment).CALCOM_BASE_URL ?? CALCOM_BASE_URL;
}

/** The address that paths such as `/v2/me` follow. */
export function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/v2$/, '');
}

/** What stands beside host and path would be sent along, stored and shown in clear. */
function isPlain(address: string): boolean {
  const { username, password } = new URL(address);
  return username === '' && password === '' && !/[?#]/.test(address);
}

/** What is said to a host of this machine cannot be overheard. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}
