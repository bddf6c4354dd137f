import { hasJobsSchema } from '../../../db/managed-jobs.ts';
import { countUnsettledIntents } from '../../../db/managed-intents.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Milliseconds: a provider that answers has an outcome known by then. */
const SETTLED_BY = 120_000;

/** Looks whether anything settles what calls left open. */
export async function examineJobs(
  { db }: Pick<ManageParts, 'db'>,
  organizationId: string,
): Promise<Finding> {
  const step = { part: 'jobs', of: null } as const;
  const { waiting, oldestAge, attention } = await countUnsettledIntents(db, organizationId);
  if (!(await hasJobsSchema(db))) {
    return failed(
      step,
      `no jobs process has ever run on this database; ${waiting} intent(s) wait`,
      'Unknown outcomes, webhooks and messages wait for one. Start it: `npm start` does, or run jobs/main.ts.',
    );
  }
  if (oldestAge !== null && oldestAge > SETTLED_BY) {
    return failed(
      step,
      `${waiting} intent(s) are not settled, the oldest for ${Math.round(oldestAge / 60_000)} min`,
      'Either no jobs process runs, or the provider does not answer it: look at its log, and at `slotline intents list`.',
    );
  }
  if (attention > 0) {
    return warning(
      step,
      `${attention} intent(s) want an operator`,
      'Look them up in the calendar, then: slotline intents list, slotline intents settle.',
    );
  }
  return ok(step, waiting === 0 ? 'nothing waits' : `${waiting} intent(s) are being settled`);
}
