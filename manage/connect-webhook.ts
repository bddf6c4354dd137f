import { randomBytes } from 'node:crypto';
import type { CalendarProvider, ConnectionAccess } from '../calendar/provider.ts';
import { replaceWebhook } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import type { ManageParts } from './manage-parts.ts';
import { webhookAddress } from './webhook-address.ts';

export interface ConnectedWebhook {
  address: string;
  registered: boolean;
  /** Why it was not registered, for the operator. */
  trouble: string | null;
}

/**
 * Registers the webhook of a connection with a fresh secret, in the place of the one it has. A
 * provider that refuses is no error: the calendar works without a webhook, its changes are seen later.
 *
 * @param webhookUrl the token server's address as the provider reaches it
 */
export async function connectWebhook(
  { db, masterKey, providers }: Pick<ManageParts, 'db' | 'masterKey' | 'providers'>,
  { provider, access }: { provider: CalendarProvider; access: ConnectionAccess },
  { connection, webhookUrl }: { connection: CalendarConnection; webhookUrl: string },
): Promise<ConnectedWebhook> {
  const address = webhookAddress(webhookUrl, connection);
  const secret = randomBytes(32).toString('base64url');
  const { webhooks } = provider;
  if (!webhooks) return { address, registered: false, trouble: 'The provider sends none.' };
  try {
    // At another address it would go on calling.
    if (connection.webhookId !== null) await webhooks.remove(access, connection.webhookId);
    const id = await webhooks.register(access, { address, secret });
    await replaceWebhook(db, connection, { id, secret: { plain: secret, masterKey } });
    return { address, registered: true, trouble: null };
  } catch (error) {
    const trouble = toCalendarTrouble(error, provider.id, providers);
    if (!trouble) throw error;
    return { address, registered: false, trouble: trouble.advice };
  }
}
