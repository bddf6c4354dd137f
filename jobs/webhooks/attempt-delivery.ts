import { queueWebhookOff } from '../../booking/outbox/queue-webhook-off.ts';
import type { Database } from '../../db/database.ts';
import { openCredential, SealedCredentialError } from '../../db/sealed-credential.ts';
import { insertAttempt, writeDeliveryEnd } from '../../db/webhooks/deliveries.ts';
import type { DueDelivery } from '../../db/webhooks/deliveries.ts';
import { noteEndpointFailing, noteEndpointWell } from '../../db/webhooks/endpoints.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { sendDelivery } from './send-delivery.ts';
import type { Sent } from './send-delivery.ts';

export interface AttemptParts {
  db: Database;
  masterKey: Buffer;
  fetch: Fetch;
  now: () => Date;
  /** Milliseconds for one attempt, which `fetch` keeps. */
  deadline: number;
  /** Milliseconds from each attempt to the next; behind the last a delivery has failed. */
  schedule: readonly number[];
  /** Milliseconds of nothing but failures after which an endpoint is switched off. */
  switchOffAfter: number;
}

/** How an attempt ended: milliseconds until the next one, of a delivery that waits. */
export interface AttemptEnd {
  state: 'delivered' | 'pending' | 'failed';
  status: number | null;
  dueIn: number | null;
}

/** Part of each pause by which it is longer at random: receivers that come back are not overrun. */
const SPREAD = 0.1;

/** Makes one attempt of a delivery, logs it, and writes what it means for delivery and endpoint. */
export async function attemptDelivery(
  parts: AttemptParts,
  delivery: DueDelivery,
): Promise<AttemptEnd> {
  const { db, schedule, switchOffAfter } = parts;
  const sent = await send(parts, delivery);
  const { status, error } = sent;
  const endpoint = { organizationId: delivery.organizationId, id: delivery.endpointId };
  const isGone = status === 410;
  const pause = delivery.isTest || isGone ? undefined : schedule[delivery.attempts - 1];
  const dueIn = pause === undefined ? null : Math.round(pause * (1 + SPREAD * Math.random()));
  return db.transaction().execute(async (transaction): Promise<AttemptEnd> => {
    await insertAttempt(transaction, delivery, sent);
    if (error === null) {
      await writeDeliveryEnd(transaction, delivery, { state: 'delivered' });
      await noteEndpointWell(transaction, endpoint);
      return { state: 'delivered', status, dueIn: null };
    }
    await writeDeliveryEnd(
      transaction,
      delivery,
      dueIn === null ? { state: 'failed' } : { state: 'pending', dueIn },
    );
    // What a test shows its owner sees at once.
    if (!delivery.isTest) {
      const health = await noteEndpointFailing(
        transaction,
        endpoint,
        isGone ? null : switchOffAfter,
      );
      if (health.switchedOff !== null) {
        const { switchedOff: since } = health;
        await queueWebhookOff(transaction, {
          ...endpoint,
          url: delivery.url,
          since,
          reason: error,
        });
      }
    }
    return { state: dueIn === null ? 'failed' : 'pending', status, dueIn };
  });
}

async function send(parts: AttemptParts, delivery: DueDelivery): Promise<Sent> {
  try {
    const secrets = openSecrets(delivery, parts.masterKey);
    return await sendDelivery(parts, { ...delivery, secrets });
  } catch (error) {
    if (!(error instanceof SealedCredentialError)) throw error;
    const why = 'Its secret cannot be opened: rotate it, or set the master key it was sealed with.';
    return { milliseconds: 0, status: null, answer: null, error: why };
  }
}

/** The present one first. */
function openSecrets(delivery: DueDelivery, masterKey: Buffer): string[] {
  const { organizationId, endpointId: rowId, secret, previousSecret } = delivery;
  const open = (sealed: Buffer, column: string) =>
    openCredential(sealed, { organizationId, rowId, column }, masterKey);
  return [
    open(secret, 'webhook_endpoints.secret'),
    ...(previousSecret === null ? [] : [open(previousSecret, 'webhook_endpoints.previous_secret')]),
  ];
}
