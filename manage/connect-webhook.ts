import { randomBytes } from 'node:crypto';
import type { CalendarProvider, ConnectionAccess } from '../calendar/provider.ts';
import { replaceWebhook } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { webhookAddress } from './webhook-address.ts';

export interface ConnectedWebhook {
  address: string;
  registered: boolean;
  /** Why it was not registered, for the operator. */
  trouble: string | null;
}

/** A webhook that the provider has, and what it signs with, which has yet to be stored. */
export interface MadeWebhook {
  id: string;
  address: string;
  /** In clear. */
  secret: string;
}

interface Opened {
  provider: CalendarProvider;
  access: ConnectionAccess;
}

/**
 * Registers the webhook of a connection with a fresh secret, in the place of the one it has. A
 * provider that refuses is no error: the calendar works without a webhook, its changes are seen later.
 *
 * @param webhookUrl the token server's address as the provider reaches it
 */
export async function connectWebhook(
  { db, masterKey, providers, now }: Pick<ManageParts, 'db' | 'masterKey' | 'providers' | 'now'>,
  opened: Opened,
  { connection, webhookUrl }: { connection: CalendarConnection; webhookUrl: string },
): Promise<ConnectedWebhook> {
  const address = webhookAddress(webhookUrl, connection);
  try {
    const made = await makeWebhook(opened, { connection, webhookUrl, now: now() });
    await storeWebhook({ db, masterKey }, connection, made);
    return { address, registered: true, trouble: null };
  } catch (error) {
    const trouble = toCalendarTrouble(error, opened.provider.id, providers);
    if (!trouble) throw error;
    return { address, registered: false, trouble: trouble.advice };
  }
}

/**
 * Registers it at the provider, and stores nothing.
 * @throws {ManageError} the address is none, or the provider sends no webhooks
 * @throws {CalendarError}
 */
export async function makeWebhook(
  { provider, access }: Opened,
  {
    connection,
    webhookUrl,
    now,
  }: { connection: CalendarConnection; webhookUrl: string; now: Date },
): Promise<MadeWebhook> {
  const { webhooks } = provider;
  if (!webhooks) {
    throw new ManageError(`is of no use: a ${provider.name} calendar sends no webhooks`, {
      field: 'webhookUrl',
    });
  }
  const address = webhookAddress(webhookUrl, connection);
  const secret = webhooks.givenSecret?.(access) ?? randomBytes(32).toString('base64url');
  // At another address it would go on calling.
  if (connection.webhookId !== null) await webhooks.remove(access, connection.webhookId);
  return { id: await webhooks.register(access, { address, secret, now }), address, secret };
}

export async function storeWebhook(
  { db, masterKey }: Pick<ManageParts, 'db' | 'masterKey'>,
  connection: CalendarConnection,
  { id, secret: plain }: MadeWebhook,
): Promise<void> {
  await replaceWebhook(db, connection, { id, secret: { plain, masterKey } });
}
