import { countUnsettledIntents } from '../../db/intents/intent-states.ts';
import { readJobsHeartbeat } from '../../db/jobs/heartbeat.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Milliseconds: a provider that answers has an outcome known by then. */
const SETTLED_BY = 120_000;
/** Milliseconds: the time table asks for a sweep every minute, whatever became of the last one. */
const SWEPT_BY = 90_000;

const START = 'Start it: `npm start` does, on a host run `node jobs/main.ts`.';

/** Looks whether anything settles what calls left open. */
export async function examineJobs(
  { db }: Pick<ManageParts, 'db'>,
  organizationId: string,
): Promise<Finding> {
  const step = { part: 'jobs', of: null } as const;
  const { waiting, oldestAge, attention } = await countUnsettledIntents(db, organizationId);
  const { everRan, overdue } = await readJobsHeartbeat(db);
  const open = waiting === 0 ? '' : `; ${waiting} intent(s) wait`;
  if (!everRan) {
    const found = `no jobs process has ever run on this database${open}`;
    return failed(step, found, `Unknown outcomes, webhooks and messages wait for one. ${START}`);
  }
  if (overdue === null || overdue > SWEPT_BY) {
    const found = `no jobs process works${overdue === null ? '' : ` since ${inMinutes(overdue)}`}${open}`;
    return failed(step, found, `Unknown outcomes, webhooks and messages wait for one. ${START}`);
  }
  if (oldestAge !== null && oldestAge > SETTLED_BY) {
    return failed(
      step,
      `${waiting} intent(s) are not settled, the oldest for ${inMinutes(oldestAge)}`,
      'The provider does not say how they ended: see the reasons with `slotline intents list`.',
    );
  }
  if (attention > 0) {
    return warning(
      step,
      `${attention} intent(s) want an operator`,
      'Look them up in the calendar, then: slotline intents list, slotline intents settle.',
    );
  }
  return ok(step, waiting === 0 ? 'at work, nothing waits' : `at work on ${waiting} intent(s)`);
}

function inMinutes(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 60_000))} min`;
}
