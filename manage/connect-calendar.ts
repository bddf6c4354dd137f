import { z } from 'zod';
import type { CalendarProvider, ConnectionAccess, ProviderAccount } from '../calendar/provider.ts';
import type { Providers } from '../calendar/providers.ts';
import { memoryLimiter } from '../calendar/request-limiter.ts';
import {
  findCalendarConnection,
  insertCalendarConnection,
  listCalendarConnections,
  replaceCredential,
  updateCalendarConnection,
} from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { wakeIntents } from '../db/intents/intent-states.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { refuseOtherAccount, refuseSecondConnection } from './account-rules.ts';
import { connectWebhook } from './connect-webhook.ts';
import type { ConnectedWebhook } from './connect-webhook.ts';
import { chooseKey, mergeSettings } from './connection-wish.ts';
import type { ReadKey } from './connection-wish.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { webhookAddress } from './webhook-address.ts';

/** What an operator says of a calendar, whatever its provider. */
const CalendarSchema = z.strictObject({
  name: NameSchema,
  timeZone: TimeZoneSchema.exactOptional(),
  /** The token server's address as the provider reaches it. */
  webhookUrl: z.string().exactOptional(),
});

/**
 * What an operator says of a calendar; what is not named here is a setting of its provider. The key
 * comes apart from it.
 */
export type CalendarInput = { provider?: unknown } & {
  [Field in keyof z.infer<typeof CalendarSchema>]?: unknown;
} & Readonly<Record<string, unknown>>;

export interface ConnectedCalendar {
  connection: CalendarConnection;
  /** False where a connection of that name was there. */
  isNew: boolean;
  /** Whose key it is; null where the provider has no accounts. */
  account: string | null;
  /** Null where none was asked for. */
  webhook: ConnectedWebhook | null;
}

/**
 * Connects a calendar, or changes the connection of that name: what is not given stays, its key too.
 * The key is proved before it is stored, sealed.
 *
 * @param readKey asked for the key, where the provider needs one; null keeps the stored one
 * @throws {ManageError} what was given cannot be used
 * @throws {CalendarTrouble} the provider does not accept the key
 */
export async function connectCalendar(
  parts: ManageParts,
  organizationId: string,
  {
    provider: id,
    name: givenName,
    timeZone: givenZone,
    webhookUrl: givenUrl,
    ...given
  }: CalendarInput,
  readKey: ReadKey,
): Promise<ConnectedCalendar> {
  const provider = chooseProvider(parts.providers, id);
  const common = { name: givenName, timeZone: givenZone, webhookUrl: givenUrl };
  const { name, timeZone, webhookUrl } = parseInput(CalendarSchema, common);
  refuseUseless(provider, { webhookUrl });
  const known = await findKnown(parts, organizationId, { name, provider: provider.id });
  const settings = mergeSettings(provider, known, given);
  // Before anything is stored: a wrong address is the operator's to correct.
  if (webhookUrl !== undefined) webhookAddress(webhookUrl, { provider: provider.id, id: '' });
  const wish = { provider, known, settings };
  const credential = await chooseKey(parts, wish, readKey);
  const access = proving(parts, { settings, credential });
  const account = await readAccount(parts, provider, access);
  if (account) {
    refuseSecondZone(provider, account, timeZone);
    refuseOtherAccount(known, account);
    await refuseSecondConnection(parts, organizationId, { ...wish, name, account });
  }
  const connection = await store(parts, organizationId, {
    name,
    provider: provider.id,
    timeZone: account?.timeZone ?? timeZone ?? known?.timeZone ?? missingTimeZone(),
    settings: account ? { ...settings, ...account.settings, account: account.name } : settings,
    credential,
    known,
  });
  const webhook =
    webhookUrl === undefined
      ? null
      : await connectWebhook(parts, { provider, access }, { connection, webhookUrl });
  return {
    connection: webhook ? await reread(parts, connection) : connection,
    isNew: !known,
    account: account?.name ?? null,
    webhook,
  };
}

function chooseProvider({ list }: Providers, id: unknown): CalendarProvider {
  const found = list.find((provider) => provider.id === id);
  if (found) return found;
  const ids = list.map((provider) => provider.id);
  throw new ManageError(`must be ${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}`, {
    field: 'provider',
  });
}

/** @throws {ManageError} the account says in which zone its times are */
function refuseSecondZone(
  provider: CalendarProvider,
  account: ProviderAccount,
  timeZone: string | undefined,
): void {
  if (account.timeZone === null || timeZone === undefined) return;
  throw new ManageError(`is read from the ${provider.name} account: leave it out`, {
    field: 'timeZone',
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

/** A connection that is not stored yet: nobody else counts its requests. */
function proving(
  { providers, fetch }: ManageParts,
  connection: Pick<ConnectionAccess, 'settings' | 'credential'>,
): ConnectionAccess {
  return { ...connection, environment: providers.environment, limiter: memoryLimiter, fetch };
}

/** @throws {CalendarTrouble} */
async function readAccount(
  { providers }: ManageParts,
  provider: CalendarProvider,
  access: ConnectionAccess,
): Promise<ProviderAccount | null> {
  try {
    return (await provider.readAccount?.(access)) ?? null;
  } catch (error) {
    throw toCalendarTrouble(error, provider.id, providers) ?? error;
  }
}

function missingTimeZone(): never {
  throw new ManageError('is missing: in which zone are its times? Such as America/New_York.', {
    field: 'timeZone',
  });
}

async function store(
  parts: ManageParts,
  organizationId: string,
  row: Pick<CalendarConnection, 'name' | 'provider' | 'timeZone' | 'settings'> & {
    credential: string | null;
    known: CalendarConnection | undefined;
  },
): Promise<CalendarConnection> {
  const { db, masterKey } = parts;
  const { known, credential: plain, ...stated } = row;
  const sealing = plain === null ? null : { plain, masterKey };
  if (!known) {
    const credential = sealing ? { credential: sealing } : {};
    const added = { organizationId, ...stated, ...credential };
    return reread(parts, { organizationId, id: await insertCalendarConnection(db, added) });
  }
  const { timeZone, settings } = stated;
  await db.transaction().execute(async (transaction) => {
    const reconnect = sealing ? {} : ({ reconnect: true } as const);
    await updateCalendarConnection(transaction, known, { timeZone, settings, ...reconnect });
    if (sealing) await replaceCredential(transaction, known, sealing);
    await wakeIntents(transaction, { organizationId, calendarConnectionId: known.id });
  });
  return reread(parts, known);
}

async function findKnown(
  { db }: ManageParts,
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

async function reread(
  { db }: ManageParts,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<CalendarConnection> {
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection) throw new ManageError('The calendar was removed meanwhile.');
  return connection;
}
