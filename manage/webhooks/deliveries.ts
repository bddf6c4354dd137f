import type { Database } from '../../db/database.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { findDelivery, listAttempts, renewDelivery } from '../../db/webhooks/deliveries.ts';
import type {
  DeliveryAttempt,
  DeliveryKey,
  EndpointDelivery,
} from '../../db/webhooks/deliveries.ts';
import type { EndpointKey } from '../../db/webhooks/endpoints.ts';
import { insertTestEvent } from '../../db/webhooks/events.ts';
import { ManageError } from '../manage-error.ts';
import { findKnownEndpoint } from './endpoints.ts';

/** A delivery with what was sent and how it went. */
export interface WholeDelivery extends EndpointDelivery {
  /** Null: whom it named is forgotten. */
  body: string | null;
  log: DeliveryAttempt[];
}

/** @throws {ManageError} there is none */
export async function findKnownDelivery(db: Database, key: DeliveryKey): Promise<WholeDelivery> {
  const delivery = await findDelivery(db, key);
  if (!delivery) {
    throw new ManageError('There is no such delivery.', { field: 'deliveryId', fault: 'missing' });
  }
  return { ...delivery, log: await listAttempts(db, key) };
}

/**
 * Sends once more what was delivered, or was not: at once, and where it fails by the whole schedule.
 * @throws {ManageError} there is none, it was forgotten, or its endpoint is switched off
 */
export async function resendDelivery(
  transaction: Database,
  key: DeliveryKey,
): Promise<WholeDelivery> {
  const { kind } = await findKnownDelivery(transaction, key);
  const endpoint = await findKnownEndpoint(transaction, {
    organizationId: key.organizationId,
    id: key.endpointId,
  });
  if (!endpoint.enabled && kind !== 'webhook.test') {
    throw new ManageError('The endpoint is switched off: switch it on first.', {
      field: 'endpointId',
    });
  }
  if (!(await renewDelivery(transaction, key))) {
    throw new ManageError('Whom it named is forgotten: there is nothing left to send.', {
      field: 'deliveryId',
    });
  }
  await wakeJob(transaction, 'send-webhooks');
  return findKnownDelivery(transaction, key);
}

/**
 * Sends an endpoint a test, also where it is switched off: a `webhook.test` that tells of nothing.
 * @throws {ManageError} there is none
 */
export async function testEndpoint(
  transaction: Database,
  key: EndpointKey,
): Promise<WholeDelivery> {
  await findKnownEndpoint(transaction, key, { lock: true });
  const { organizationId } = key;
  const id = await insertTestEvent(transaction, key, ({ at }) =>
    JSON.stringify({
      type: 'webhook.test',
      timestamp: at.toISOString(),
      organizationId,
      data: { endpointId: key.id },
    }),
  );
  await wakeJob(transaction, 'send-webhooks');
  return findKnownDelivery(transaction, { organizationId, endpointId: key.id, id });
}
