import { randomBytes, randomUUID } from 'node:crypto';
import { WebhookUnreadableError } from '../../calendar/calendar-error.ts';
import type { DeliveryName, ProviderWebhooks, WebhookRequest } from '../../calendar/provider.ts';
import { readWebhookSecret } from '../../db/calendars/calendar-connections.ts';
import { askForSync } from '../../db/calendars/calendar-syncs.ts';
import { askForRenewal, findConnectionOfWebhook } from '../../db/calendars/webhook-connections.ts';
import { readClock } from '../../db/clock.ts';
import type { Database } from '../../db/database.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { countBadSignature, insertDelivery } from '../../db/calendars/webhook-deliveries.ts';
import { storableJson } from '../../runtime/storable-json.ts';

/** Whose webhooks arrive at an address. */
export interface WebhookSource {
  /** Its id. */
  provider: string;
  webhooks: ProviderWebhooks;
}

/**
 * `known`: the same news came before. `unsigned`: not signed with the secret of such a connection;
 * which of the two is wrong is not told. `unreadable`: signed, and still no webhook.
 */
export type Reception = 'stored' | 'known' | 'unsigned' | 'unreadable';

/**
 * @param connectionId as it stands in the address: anything
 * @returns what came of it; the answer to a provider that asked whether anybody is there
 */
export type ReceiveDelivery = (
  source: WebhookSource,
  connectionId: string,
  request: WebhookRequest,
) => Promise<Reception | { answer: string }>;

const NO_CONNECTION = randomUUID();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Takes webhooks in: proves that they come from where they say, stores them, and wakes the
 * job that applies them. Nothing is applied here: whoever sends must not wait, nor send again.
 */
export function deliveryReceiver(parts: { db: Database; masterKey: Buffer }): ReceiveDelivery {
  const { db, masterKey } = parts;
  // Signs nothing: what an unknown connection is compared with, so that it takes as long.
  const noSecret = randomBytes(32).toString('hex');
  return async ({ provider, webhooks }, connectionId, request) => {
    const id = UUID.test(connectionId) ? connectionId : NO_CONNECTION;
    const [connection, now] = await Promise.all([findConnectionOfWebhook(db, id), readClock(db)]);
    const isOpen = connection?.provider === provider && connection.disconnectedAt === null;
    const answer = isOpen ? webhooks.handshake?.(request) : undefined;
    if (answer !== undefined) return { answer };
    const organizationId = connection?.organizationId ?? NO_CONNECTION;
    const secret = await readWebhookSecret(db, { organizationId, id }, masterKey);
    const isSigned = webhooks.verify(request, secret ?? noSecret, now);
    if (!isOpen || secret === null || !isSigned) {
      await countBadSignature(db, id);
      return 'unsigned';
    }
    const notice = webhooks.nameNotice?.(request);
    // Who signs it passes on what anybody typed into a booking page.
    const body = notice ? {} : storableJson(parseJson(request.rawBody));
    const read = notice ?? readOrUndefined(webhooks, body);
    if (!read) return 'unreadable';
    const stored = await insertDelivery(db, {
      organizationId,
      calendarConnectionId: connection.id,
      ...read,
      payload: body,
    });
    // A notice that comes again asks again: its like may be new, and whoever took the first may have died.
    if (stored === undefined && !notice) return 'known';
    if (webhooks.asksForRenewal?.(request) === true) {
      await askForRenewal(db, connection);
      await wakeJob(db, 'renew-webhooks');
    }
    if (notice) {
      await askForSync(db, { organizationId, calendarConnectionId: connection.id });
      await wakeJob(db, 'sync-calendar');
    }
    if (stored === undefined) return 'known';
    await wakeJob(db, 'apply-webhook');
    return 'stored';
  };
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}

function readOrUndefined(webhooks: ProviderWebhooks, body: unknown): DeliveryName | undefined {
  try {
    return webhooks.nameDelivery(body);
  } catch (error) {
    if (error instanceof WebhookUnreadableError) return undefined;
    throw error;
  }
}
