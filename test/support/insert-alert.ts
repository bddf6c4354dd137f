import type { Database } from '../../db/database.ts';
import { insertAlert } from '../../db/figures/alerts.ts';

/** An alert of an organization, in the place of those it had: there may be so many. */
export async function insertOnlyAlert(
  db: Database,
  organizationId: string,
): Promise<{ alertId: string }> {
  await db.deleteFrom('alerts').where('organizationId', '=', organizationId).execute();
  const alertId = await insertAlert(db, {
    organizationId,
    name: 'Callers wait too long',
    measure: 'answer-p95',
    agentId: null,
    windowHours: 24,
    direction: 'above',
    threshold: 2_000,
    clearsAt: 1_500,
    leastCases: 20,
    enabled: true,
  });
  return { alertId };
}
