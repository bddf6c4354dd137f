import { randomBytes } from 'node:crypto';
import type { CalcomClient } from '../calendar/calcom/client.ts';
import { registerWebhook, removeWebhook } from '../calendar/calcom/webhook-registration.ts';
import { replaceWebhook } from '../db/calendars/calendar-connections.ts';
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
 * @param of.present the provider's id of the webhook the connection has; null where it has none
 */
export async function connectWebhook(
  { db, masterKey }: Pick<ManageParts, 'db' | 'masterKey'>,
  client: CalcomClient,
  of: { organizationId: string; id: string; publicUrl: string; present: string | null },
): Promise<ConnectedWebhook> {
  const address = webhookAddress(of.publicUrl, of.id);
  const secret = randomBytes(32).toString('base64url');
  try {
    // At another address it would go on calling.
    if (of.present !== null) await removeWebhook(client, of.present);
    const id = await registerWebhook(client, { url: address, secret });
    await replaceWebhook(db, of, { id, secret: { plain: secret, masterKey } });
    return { address, registered: true, trouble: null };
  } catch (error) {
    const trouble = toCalendarTrouble(error);
    if (!trouble) throw error;
    return { address, registered: false, trouble: trouble.advice };
  }
}
