import type { Task } from 'graphile-worker';
import { applyDelivery } from '../../booking/mirror/mirror-delivery.ts';
import type { OpenDelivery } from '../../booking/mirror/mirror-delivery.ts';
import type { Providers } from '../../calendar/providers.ts';
import type { Database } from '../../db/database.ts';
import { listDueDeliveries, writeDeliveryState } from '../../db/calendars/webhook-deliveries.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Deliveries read at once. */
const BATCH = 100;

export interface ApplyWebhookParts {
  db: Database;
  logger: Logger;
  providers: Providers;
}

/** Applies every webhook that is due. Several processes may do so at once. */
export function applyWebhook(parts: ApplyWebhookParts): Task {
  const { db, logger } = parts;
  return async () => {
    const states: Record<string, number> = {};
    // One that fails is due later: each list is shorter, or of what has come since.
    for (let due = await listDueDeliveries(db, BATCH); due.length > 0;) {
      for (const delivery of due) {
        const state = await apply(parts, delivery);
        if (state) states[state] = (states[state] ?? 0) + 1;
      }
      due = await listDueDeliveries(db, BATCH);
    }
    if (Object.keys(states).length > 0) logger.info({ states }, 'webhooks applied');
  };
}

async function apply(
  { db, logger, providers }: ApplyWebhookParts,
  delivery: OpenDelivery,
): ReturnType<typeof applyDelivery> {
  try {
    return await applyDelivery({ db, providers }, delivery);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    logger.error({ err: error, deliveryId: delivery.id }, 'a webhook could not be applied');
    const reason = `Could not be applied: ${name}.`;
    await writeDeliveryState(db, delivery.id, { state: 'failed', reason });
    return 'failed';
  }
}
