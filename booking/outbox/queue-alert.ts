import type { Database } from '../../db/database.ts';
import { listManagers } from '../../db/figures/alerts.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import { findOrganizationName } from '../../db/organizations.ts';
import type { AlertPayload } from './outbox-payload.ts';

/**
 * Writes to every owner and admin of an organization that a figure has passed what was set for it.
 * @param alert.key of the change: it is told once
 */
export async function queueAlert(
  transaction: Database,
  organizationId: string,
  { key, ...alert }: Omit<AlertPayload, 'organizationName' | 'recipientName'> & { key: string },
): Promise<void> {
  const organizationName = await findOrganizationName(transaction, organizationId);
  for (const { name, email } of await listManagers(transaction, organizationId)) {
    const payload: AlertPayload = { ...alert, organizationName, recipientName: name };
    await insertOutboxMessage(transaction, {
      organizationId,
      kind: 'alert',
      messageKey: `${key}/${email}`,
      appointmentId: null,
      intentId: null,
      recipient: email,
      payload,
    });
  }
  await wakeJob(transaction, 'send-mail');
}
