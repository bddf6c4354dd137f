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
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/in-transaction.ts';
import { wakeIntents } from '../db/intents/intent-states.ts';
import { LOCKS, takeLock } from '../db/locks.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { TimeZoneSchema } from '../runtime/given/time-zone.ts';
import { refuseOtherAccount, refuseSecondConnection } from './account-rules.ts';
import { connectWebhook } from './connect-webhook.ts';
import type { ConnectedWebhook } from './connect-webhook.ts';
import { chooseKey, mergeSettings } from './connection-wish.ts';
import type { HowToGiveKey, ReadKey } from './connection-wish.ts';
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

/** A connection whose key was proved, as it is to be stored. */
export interface ProvedCalendar {
  provider: CalendarProvider;
  name: string;
  timeZone: string;
  settings: Record<string, unknown>;
  /** In clear. */
  credential: string | null;
  account: ProviderAccount | null;
  access: ConnectionAccess;
  webhookUrl: string | undefined;
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
  input: CalendarInput,
  readKey: ReadKey,
  howToGiveKey?: HowToGiveKey,
): Promise<ConnectedCalendar> {
  const proved = await proveCalendar(parts, organizationId, input, readKey, howToGiveKey);
  const { connection, isNew } = await storeCalendar(parts, organizationId, proved);
  const account = proved.account?.name ?? null;
  const { webhookUrl } = proved;
  if (webhookUrl === undefined) return { connection, isNew, account, webhook: null };
  const webhook = await connectWebhook(parts, proved, { connection, webhookUrl });
  return { connection: await reread(parts.db, connection), isNew, account, webhook };
}

/**
 * Reads what was given and asks the provider whose key it is; nothing is stored.
 * @throws {ManageError} {CalendarTrouble} as {@link connectCalendar}
 */
export async function proveCalendar(
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
  howToGiveKey?: HowToGiveKey,
): Promise<ProvedCalendar> {
  const provider = chooseProvider(parts.providers, id);
  const common = { name: givenName, timeZone: givenZone, webhookUrl: givenUrl };
  const { name, timeZone, webhookUrl } = parseInput(CalendarSchema, common);
  refuseUseless(provider, { webhookUrl });
  const known = await findKnown(parts.db, organizationId, { name, provider: provider.id });
  const settings = mergeSettings(provider, known, given);
  // Before anything is stored: a wrong address is the operator's to correct.
  if (webhookUrl !== undefined) webhookAddress(webhookUrl, { provider: provider.id, id: '' });
  const credential = await chooseKey(parts, { provider, known, settings }, readKey, howToGiveKey);
  const access = proving(parts, { settings, credential });
  const account = await readAccount(parts, provider, access);
  if (account) refuseSecondZone(provider, account, timeZone);
  return {
    provider,
    name,
    timeZone: account?.timeZone ?? timeZone ?? known?.timeZone ?? missingTimeZone(),
    settings: account ? { ...settings, ...account.settings, account: account.name } : settings,
    credential,
    account,
    access,
    webhookUrl,
  };
}

/**
 * Stores what was proved, in the place of the connection of its name.
 * @throws {ManageError} its account is connected already, or was another one
 */
export function storeCalendar(
  parts: Pick<ManageParts, 'db' | 'masterKey' | 'providers'>,
  organizationId: string,
  { provider, name, timeZone, settings, credential, account }: ProvedCalendar,
): Promise<Pick<ConnectedCalendar, 'connection' | 'isNew'>> {
  return inTransaction(parts.db, async (db) => {
    await takeLock(db, LOCKS.connections(organizationId));
    const known = await findKnown(db, organizationId, { name, provider: provider.id });
    if (account) {
      refuseOtherAccount(known, account);
      const wish = { provider, known, settings, name, account };
      await refuseSecondConnection({ ...parts, db }, organizationId, wish);
    }
    const { masterKey } = parts;
    const sealing = credential === null ? null : { plain: credential, masterKey };
    if (known) {
      const reconnect = sealing ? {} : ({ reconnect: true } as const);
      await updateCalendarConnection(db, known, { timeZone, settings, ...reconnect });
      if (sealing) await replaceCredential(db, known, sealing);
      await wakeIntents(db, { organizationId, calendarConnectionId: known.id });
      return { connection: await reread(db, known), isNew: false };
    }
    const stated = { organizationId, provider: provider.id, name, timeZone, settings };
    const id = await insertCalendarConnection(db, {
      ...stated,
      ...(sealing ? { credential: sealing } : {}),
    });
    return { connection: await reread(db, { organizationId, id }), isNew: true };
  });
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

async function findKnown(
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

async function reread(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<CalendarConnection> {
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection) throw new ManageError('The calendar was removed meanwhile.');
  return connection;
}
