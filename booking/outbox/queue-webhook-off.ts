import { listOwners } from '../../db/accounts/members.ts';
import type { Database } from '../../db/database.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import { findOrganizationName } from '../../db/organizations.ts';
import type { WebhookOffPayload } from './outbox-payload.ts';

/** Writes to the owners of an organization that one of its endpoints is told nothing any more. */
export async function queueWebhookOff(
  transaction: Database,
  endpoint: { organizationId: string; id: string; url: string; since: Date; reason: string },
): Promise<void> {
  const { organizationId, id, url, since, reason } = endpoint;
  const organizationName = await findOrganizationName(transaction, organizationId);
  for (const { name, email, userId } of await listOwners(transaction, organizationId)) {
    const payload: WebhookOffPayload = {
      organizationName,
      name,
      // Where it is told of, and not the secrets that an address may end with.
      host: new URL(url).host,
      since: since.toISOString(),
      reason,
    };
    await insertOutboxMessage(transaction, {
      organizationId,
      kind: 'webhook_off',
      messageKey: `webhook-off ${id} ${since.toISOString()} ${userId}`,
      appointmentId: null,
      intentId: null,
      recipient: email,
      payload: { ...payload },
    });
  }
}
