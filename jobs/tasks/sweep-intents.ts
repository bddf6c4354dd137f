import type { Task } from 'graphile-worker';
import { USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import type { ReconcilerParts } from '../../booking/ledger/reconcile.ts';
import { SWEEP } from '../../db/jobs/heartbeat.ts';
import { listDueIntents } from '../../db/intents/intent-states.ts';
import { RECONCILE } from './reconcile-intent.ts';

/** Intents in one sweep; the others wait for the next. */
const MOST_AT_ONCE = 200;

export interface SweepParts {
  reconciler: ReconcilerParts;
  /** Milliseconds between two sweeps; 2,000 unless given. */
  pause?: number;
}

/**
 * Finds the intents whose outcome nobody knows, asks for each to be looked up, and for the next sweep.
 * What is due stands in the intents themselves: a job that a killed process had in its hands is
 * forgotten by the queue for hours, its intent by nobody.
 */
export function sweepIntents({ reconciler, pause = 2_000 }: SweepParts): Task {
  return async (_payload, { addJob }) => {
    try {
      const times = reconciler.times ?? USUAL_TIMES;
      const due = await listDueIntents(reconciler.db, times, MOST_AT_ONCE);
      for (const { organizationId, id } of due) {
        await addJob(
          RECONCILE,
          { organizationId, id },
          // The next sweep tries again: the queue's own retries become rarer without bound.
          { jobKey: `${RECONCILE}/${id}`, maxAttempts: 1 },
        );
      }
    } finally {
      const runAt = new Date(Date.now() + pause);
      await addJob(SWEEP, {}, { jobKey: SWEEP, runAt, maxAttempts: 1 });
    }
  };
}
