import type { Task } from 'graphile-worker';
import { queueAlert } from '../../booking/outbox/queue-alert.ts';
import { judgeAlert } from '../../calls/figures/judge-alert.ts';
import { isMeasure, MEASURES, writeMeasured } from '../../calls/figures/measures.ts';
import { Totals } from '../../calls/figures/totals.ts';
import type { Database } from '../../db/database.ts';
import { changeAlertState, listEnabledAlerts, noteAlertValue } from '../../db/figures/alerts.ts';
import type { Alert } from '../../db/figures/alerts.ts';
import { readRecentFigures } from '../../db/figures/read-figures.ts';
import { listSpending, takeSpendingTurn } from '../../db/figures/spending-limits.ts';
import type { EventKind } from '../../db/webhooks/event-kinds.ts';
import { tellWebhooks } from '../../db/webhooks/events.ts';
import type { Logger } from '../../runtime/logger.ts';
import { eachAlone } from '../each-alone.ts';

interface Parts {
  db: Database;
  logger: Logger;
}

/**
 * Measures what alerts watch and what was spent in this month, and where something has changed writes to
 * owners and admins and tells the organization's own systems. Several processes may do so at once: one
 * of them tells.
 */
export function checkAlerts(parts: Parts): Task {
  return async () => {
    const figures = new Map<string, Promise<Totals>>();
    await eachAlone(await listEnabledAlerts(parts.db), {
      work: (alert) => checkAlert(parts, alert, figures),
      onFailure: (err, { id: alertId }) =>
        parts.logger.error({ err, alertId }, 'an alert could not be measured'),
    });
    await eachAlone(await listSpending(parts.db), {
      work: (spending) => checkSpending(parts, spending),
      onFailure: (err, { organizationId }) =>
        parts.logger.error({ err, organizationId }, 'what was spent could not be told'),
    });
  };
}

async function checkAlert(
  { db, logger }: Parts,
  alert: Alert,
  figures: Map<string, Promise<Totals>>,
): Promise<void> {
  const { id, organizationId, agentId, measure, windowHours, name } = alert;
  if (!isMeasure(measure)) return;
  // Many watch the same hours.
  const key = JSON.stringify([organizationId, agentId, windowHours]);
  const totals =
    figures.get(key) ??
    readRecentFigures(db, { organizationId, agentId, hours: windowHours }).then(
      (rows) => new Totals(rows),
    );
  figures.set(key, totals);
  const { unit, words, read } = MEASURES[measure];
  const measured = read(await totals);
  const state = judgeAlert(alert, measured);
  const value = measured.cases < alert.leastCases ? null : measured.value;
  await noteAlertValue(db, { organizationId, id }, value);
  if (state === alert.state || value === null) return;
  await db.transaction().execute(async (transaction) => {
    const change = await changeAlertState(transaction, { organizationId, id }, { state, value });
    if (change === undefined) return;
    const isRaised = state === 'raised';
    const threshold = isRaised ? alert.threshold : alert.clearsAt;
    const kind: EventKind = isRaised ? 'alert.raised' : 'alert.resolved';
    const { agentSlug: agent } = alert;
    const told = { name, measure, words, value, threshold, unit, windowHours, agent };
    await tellWebhooks(transaction, {
      organizationId,
      kind,
      subjectId: id,
      facts: { alert: told },
    });
    await queueAlert(transaction, organizationId, {
      key: `alert/${id}/${change}`,
      isRaised,
      name,
      words: agent === null ? words : `${words} (${agent})`,
      value: writeMeasured(value, unit),
      threshold: writeMeasured(threshold, unit),
      hours: windowHours,
    });
    logger.info({ alertId: id, state }, 'an alert has changed');
  });
}

async function checkSpending(
  { db, logger }: Parts,
  spending: Awaited<ReturnType<typeof listSpending>>[number],
): Promise<void> {
  const { organizationId, dollars, warnAt, spent, month } = spending;
  const percent = [100, warnAt].find((each) => spent >= (dollars * each) / 100);
  if (percent === undefined) return;
  await db.transaction().execute(async (transaction) => {
    if (!(await takeSpendingTurn(transaction, { organizationId, month, percent }))) return;
    const name = percent === 100 ? 'Spending limit reached' : `${percent} % of the spending limit`;
    const words = 'Estimated cost of the models in this month';
    const told = { name, measure: 'spending', words, value: spent, threshold: dollars };
    await tellWebhooks(transaction, {
      organizationId,
      kind: 'alert.raised',
      subjectId: organizationId,
      facts: { alert: { ...told, unit: 'dollars', windowHours: null, agent: null } },
    });
    await queueAlert(transaction, organizationId, {
      key: `spending/${month}/${dollars}/${percent}`,
      isRaised: true,
      name,
      words,
      value: writeMeasured(spent, 'dollars'),
      threshold: writeMeasured(dollars, 'dollars'),
      hours: null,
    });
    logger.info({ organizationId, percent }, 'a spending limit is near or reached');
  });
}
