import { fetchOf } from '../calendar/guarded-fetch.ts';
import type { CalendarProvider, ConnectionAccess, ProviderAccount } from '../calendar/provider.ts';
import { freshTokens } from '../calendar/oauth/tokens.ts';
import type { Tokens } from '../calendar/oauth/tokens.ts';
import { memoryLimiter } from '../calendar/request-limiter.ts';
import {
  findCalendarConnection,
  insertCalendarConnection,
  replaceCredential,
  updateCalendarConnection,
} from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { replaceConnectionTokens } from '../db/calendars/connection-tokens.ts';
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/in-transaction.ts';
import { wakeIntents } from '../db/intents/intent-states.ts';
import { LOCKS, takeLock } from '../db/locks.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { openConnection } from '../booking/calendars/open-connection.ts';
import { refuseOtherAccount, refuseSecondConnection } from './account-rules.ts';
import { findKnown, readCalendarWish } from './calendar-wish.ts';
import type { CalendarInput, CalendarWish } from './calendar-wish.ts';
import { connectWebhook } from './connect-webhook.ts';
import type { ConnectedWebhook } from './connect-webhook.ts';
import { chooseKey } from './connection-wish.ts';
import type { ConnectionWish, HowToGiveKey, ReadKey } from './connection-wish.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

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
  /** Of somebody who just signed in; null: there is a key, or what is stored stays. */
  tokens: Tokens | null;
  account: ProviderAccount | null;
  access: ConnectionAccess;
  /** Its address is none that the server's operator vouches for. */
  isGuarded: boolean;
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
  input: CalendarInput,
  readKey: ReadKey,
  howToGiveKey?: HowToGiveKey,
): Promise<ProvedCalendar> {
  const wish = await readCalendarWish(parts, organizationId, input);
  const credential = await chooseKey(parts, wish, readKey, howToGiveKey);
  // What somebody signed in for stays as it is: it is tried with the new settings.
  const stored =
    wish.known && credential === null ? await openConnection(parts.db, wish.known, parts) : null;
  return proveAccess(parts, wish, { credential, tokens: null }, stored?.access.tokens);
}

/**
 * Asks the provider whose account it is that is to be connected; nothing is stored.
 * @param access what opens it: the key in clear, or tokens that were just given
 * @param source of tokens that are stored already
 * @throws {ManageError} {CalendarTrouble}
 */
export async function proveAccess(
  parts: ManageParts,
  wish: CalendarWish,
  { credential, tokens }: Pick<ProvedCalendar, 'credential' | 'tokens'>,
  source = tokens ? freshTokens(tokens) : undefined,
): Promise<ProvedCalendar> {
  const { provider, name, timeZone, known, settings, webhookUrl } = wish;
  const isGuarded = mustBeGuarded(parts, wish);
  const access = proving(parts, provider, {
    settings,
    credential,
    isGuarded,
    ...(source ? { tokens: source } : {}),
  });
  const account = await readAccount(parts, provider, access);
  if (account) refuseSecondZone(provider, account, timeZone);
  return {
    provider,
    name,
    timeZone: account?.timeZone ?? timeZone ?? known?.timeZone ?? missingTimeZone(),
    settings: account ? withAccount(settings, account) : settings,
    credential,
    tokens,
    account,
    access,
    isGuarded,
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
  { provider, name, timeZone, settings, credential, tokens, account, isGuarded }: ProvedCalendar,
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
    const storeTokens = async (key: { organizationId: string; id: string }): Promise<void> => {
      if (!tokens) return;
      await replaceConnectionTokens(db, key, { plain: JSON.stringify(tokens), masterKey });
    };
    if (known) {
      const reconnect = sealing ? {} : ({ reconnect: true } as const);
      await updateCalendarConnection(db, known, { timeZone, settings, isGuarded, ...reconnect });
      if (sealing) await replaceCredential(db, known, sealing);
      await storeTokens(known);
      await wakeIntents(db, { organizationId, calendarConnectionId: known.id });
      return { connection: await reread(db, known), isNew: false };
    }
    const stated = { organizationId, provider: provider.id, name, timeZone, settings, isGuarded };
    const id = await insertCalendarConnection(db, {
      ...stated,
      ...(sealing ? { credential: sealing } : {}),
    });
    await storeTokens({ organizationId, id });
    return { connection: await reread(db, { organizationId, id }), isNew: true };
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

/** A connection that is not stored yet: nobody else counts its requests. */
function proving(
  parts: ManageParts,
  provider: CalendarProvider,
  connection: Pick<ConnectionAccess, 'settings' | 'credential' | 'tokens'> & { isGuarded: boolean },
): ConnectionAccess {
  const { environment } = parts.providers;
  const fetch = fetchOf(provider, connection, parts);
  return { ...connection, environment, limiter: memoryLimiter, fetch };
}

/** An address that the operator has connected stays one that they vouch for. */
function mustBeGuarded(
  { isGuarded = false }: ManageParts,
  { provider, known, settings }: ConnectionWish,
): boolean {
  if (!isGuarded || !known || known.isGuarded) return isGuarded;
  const before = provider.ownInstanceOf?.(known.settings) ?? null;
  return before !== (provider.ownInstanceOf?.(settings) ?? null);
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

/** What is kept of an account among the settings: by it others of the same are known. */
function withAccount(
  settings: Record<string, unknown>,
  { name, owner = name, settings: found }: ProviderAccount,
): Record<string, unknown> {
  return { ...settings, ...found, account: name, ...(owner === name ? {} : { owner }) };
}

function missingTimeZone(): never {
  throw new ManageError('is missing: in which zone are its times? Such as America/New_York.', {
    field: 'timeZone',
  });
}

async function reread(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<CalendarConnection> {
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection)
    throw new ManageError('The calendar was removed meanwhile.', { fault: 'missing' });
  return connection;
}
