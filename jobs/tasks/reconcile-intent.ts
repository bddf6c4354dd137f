import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { reconcileIntent } from '../../booking/ledger/reconcile.ts';
import type { ReconcilerParts } from '../../booking/ledger/reconcile.ts';
import type { JobName } from '../../db/jobs/jobs.ts';
import type { Logger } from '../../runtime/logger.ts';

export const RECONCILE: JobName = 'reconcile-intent';

const PayloadSchema = z.object({ organizationId: z.uuid(), id: z.uuid() });

/** Finds out how one intent ended; see {@link reconcileIntent}. */
export function runReconciler(parts: { reconciler: ReconcilerParts; logger: Logger }): Task {
  return async (payload) => {
    const key = PayloadSchema.parse(payload);
    const result = await reconcileIntent(parts.reconciler, key);
    if (result === 'settled') parts.logger.info({ intentId: key.id }, 'an intent was settled');
    if (result === 'attention') {
      parts.logger.warn({ intentId: key.id }, 'an intent needs an operator: see intents list');
    }
  };
}
