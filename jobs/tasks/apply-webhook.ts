import type { Task } from 'graphile-worker';
import type { Logger } from 'pino';
import { applyDelivery } from '../../booking/mirror/mirror-delivery.ts';
import type { Providers } from '../../calendar/providers.ts';
import type { Database } from '../../db/database.ts';
import { listOpenDeliveries, settleDelivery } from '../../db/calendars/webhook-deliveries.ts';

/** Deliveries read at once. */
const BATCH = 100;

export interface ApplyWebhookParts {
  db: Database;
  logger: Logger;
  providers: Providers;
}

/** Applies every webhook that was stored and not applied yet. Several processes may do so at once. */
export function applyWebhook({ db, logger, providers }: ApplyWebhookParts): Task {
  return async () => {
    const seen = new Set<string>();
    const states: Record<string, number> = {};
    for (;;) {
      const open = (await listOpenDeliveries(db, BATCH)).filter(({ id }) => !seen.has(id));
      if (open.length === 0) break;
      for (const delivery of open) {
        seen.add(delivery.id);
        const state = await applyDelivery({ db, providers }, delivery).catch(
          async (error: unknown) => {
            const name = error instanceof Error ? error.name : 'unknown';
            logger.error({ err: error, deliveryId: delivery.id }, 'a webhook could not be applied');
            const reason = `Could not be applied: ${name}.`;
            await settleDelivery(db, delivery.id, { state: 'failed', reason });
            return 'failed' as const;
          },
        );
        if (state) states[state] = (states[state] ?? 0) + 1;
      }
    }
    if (seen.size > 0) logger.info({ states }, 'webhooks applied');
  };
}
