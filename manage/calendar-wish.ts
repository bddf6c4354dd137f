import { z } from 'zod';
import type { CalendarProvider } from '../calendar/provider.ts';
import type { Providers } from '../calendar/providers.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { mergeSettings } from './connection-wish.ts';
import type { ConnectionWish } from './connection-wish.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { webhookAddress } from './webhook-address.ts';

/** What an operator says of a calendar, whatever its provider. */
const CalendarSchema = z.strictObject({
  name: NameSchema,
  timeZone: TimeZoneSchema.exactOptional(),
  /** The token server's address as the provider reaches it. */
  webhookUrl: z.string().max(500, 'must have 500 characters at most').exactOptional(),
});

/**
 * What an operator says of a calendar; what is not named here is a setting of its provider. The key
 * comes apart from it.
 */
export type CalendarInput = { provider?: unknown } & {
  [Field in keyof z.infer<typeof CalendarSchema>]?: unknown;
} & Readonly<Record<string, unknown>>;

/** A calendar as it is to be connected, before anybody was asked whose it is. */
export interface CalendarWish extends ConnectionWish {
  name: string;
  timeZone: string | undefined;
  webhookUrl: string | undefined;
}

/**
 * Reads what was given of a calendar, with what is stored of the connection of its name.
 * @throws {ManageError} what was given cannot be used
 */
export async function readCalendarWish(
  parts: Pick<ManageParts, 'db' | 'providers'>,
  organizationId: string,
  {
    provider: id,
    name: givenName,
    timeZone: givenZone,
    webhookUrl: givenUrl,
    ...given
  }: CalendarInput,
): Promise<CalendarWish> {
  const provider = chooseProvider(parts.providers, id);
  const common = { name: givenName, timeZone: givenZone, webhookUrl: givenUrl };
  const { name, timeZone, webhookUrl } = parseInput(CalendarSchema, common);
  refuseUseless(provider, { webhookUrl });
  const known = await findKnown(parts.db, organizationId, { name, provider: provider.id });
  const settings = mergeSettings(provider, known, given);
  // Before anything is stored: a wrong address is the operator's to correct.
  if (webhookUrl !== undefined) webhookAddress(webhookUrl, { provider: provider.id, id: '' });
  return { provider, name, timeZone, webhookUrl, known, settings };
}

/**
 * The connection of a name.
 * @throws {ManageError} it is of another provider
 */
export async function findKnown(
  db: Database,
  organizationId: string,
  { name, provider }: Pick<CalendarConnection, 'name' | 'provider'>,
): Promise<CalendarConnection | undefined> {
  const known = await listCalendarConnections(db, organizationId);
  const found = known.find((connection) => connection.name === name);
  if (!found || found.provider === provider) return found;
  throw new ManageError(
    `There is a calendar of this name already, of the provider ${found.provider}.`,
    { field: 'name' },
  );
}

function chooseProvider({ list }: Providers, id: unknown): CalendarProvider {
  const found = list.find((provider) => provider.id === id);
  if (found) return found;
  const ids = list.map((provider) => provider.id);
  throw new ManageError(`must be ${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}`, {
    field: 'provider',
  });
}

/** @throws {ManageError} something was given that the provider does not ask for */
function refuseUseless(
  provider: CalendarProvider,
  { webhookUrl }: { webhookUrl: string | undefined },
): void {
  if (!provider.webhooks && webhookUrl !== undefined) {
    throw new ManageError(`is of no use: a ${provider.name} calendar sends no webhooks`, {
      field: 'webhookUrl',
    });
  }
}
