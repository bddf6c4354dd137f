import { z } from 'zod';
import { MEASURE_NAMES, MEASURES } from '../../calls/figures/measures.ts';
import type { Database } from '../../db/database.ts';
import {
  countAlerts,
  deleteAlert,
  findAlert,
  insertAlert,
  updateAlert,
} from '../../db/figures/alerts.ts';
import type { Alert, AlertFields } from '../../db/figures/alerts.ts';
import { ManageError } from '../manage-error.ts';
import { NameSchema } from '../parse-input.ts';
import { findAgentId } from './figure-range.ts';

/** Each is measured every few minutes. */
const MOST_ALERTS = 50;
const MOST = 1_000_000_000;

const Amount = z.number('must be a number').min(-MOST, 'is too small').max(MOST, 'is too large');

const fields = {
  name: NameSchema,
  measure: z.enum(MEASURE_NAMES, `must be one of ${MEASURE_NAMES.join(', ')}`),
  agent: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/, 'must be the slug of an agent, or null')
    .nullable()
    .meta({ description: 'The slug of one agent; null: all of them.' }),
  windowHours: z
    .int('must be a whole number')
    .min(1, 'must be 1 at least')
    .max(720, 'must be 720 at most')
    .meta({ description: 'Over how long it is measured; beyond 24 in whole days.' }),
  direction: z.enum(['above', 'below'], 'must be above or below'),
  threshold: Amount,
  clearsAt: Amount.meta({
    description: 'It is over at this value, which lies on the other side of the threshold.',
  }),
  leastCases: z
    .int('must be a whole number')
    .min(1, 'must be 1 at least')
    .max(1_000_000, 'must be 1000000 at most')
    .meta({ description: 'With fewer cases in the window nothing is decided.' }),
  enabled: z.boolean(),
};

export const NewAlertSchema = z.strictObject({
  ...fields,
  agent: fields.agent.default(null),
  windowHours: fields.windowHours.default(24),
  clearsAt: fields.clearsAt.exactOptional(),
  leastCases: fields.leastCases.default(1),
  enabled: fields.enabled.default(true),
});

export const AlertChangeSchema = z.strictObject(fields).partial();

type NewAlert = z.output<typeof NewAlertSchema>;

/** @throws {ManageError} it contradicts itself, names no agent of the organization, or is one too many */
export async function addAlert(
  transaction: Database,
  organizationId: string,
  { clearsAt, ...given }: NewAlert,
): Promise<Alert> {
  if ((await countAlerts(transaction, organizationId)) >= MOST_ALERTS) {
    throw new ManageError(`There are ${MOST_ALERTS} alerts already: delete one first.`, {
      fault: 'too_many',
    });
  }
  const alert = await check(transaction, organizationId, {
    ...given,
    clearsAt: clearsAt ?? given.threshold,
  });
  const id = await insertAlert(transaction, { organizationId, ...alert });
  return findManagedAlert(transaction, organizationId, id);
}

/** @throws {ManageError} likewise, or there is none */
export async function editAlert(
  transaction: Database,
  organizationId: string,
  id: string,
  given: z.output<typeof AlertChangeSchema>,
): Promise<Alert> {
  const { agentSlug, ...before } = await findManagedAlert(transaction, organizationId, id);
  const change = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<NewAlert>;
  const { measure } = before;
  if (!isKnown(measure)) throw new Error(`An alert watches ${measure}, which is no measure.`);
  const alert = await check(transaction, organizationId, {
    ...before,
    measure,
    agent: agentSlug,
    ...change,
  });
  await updateAlert(transaction, { organizationId, id }, alert);
  return findManagedAlert(transaction, organizationId, id);
}

/** @throws {ManageError} there is none */
export async function removeAlert(
  transaction: Database,
  organizationId: string,
  id: string,
): Promise<void> {
  if (!(await deleteAlert(transaction, { organizationId, id }))) throw noAlert();
}

/** @throws {ManageError} there is none */
export async function findManagedAlert(
  db: Database,
  organizationId: string,
  id: string,
): Promise<Alert> {
  const alert = await findAlert(db, { organizationId, id });
  if (alert) return alert;
  throw noAlert();
}

function noAlert(): ManageError {
  return new ManageError('There is no such alert.', { field: 'alertId', fault: 'missing' });
}

function isKnown(measure: string): measure is NewAlert['measure'] {
  return Object.hasOwn(MEASURES, measure);
}

async function check(
  db: Database,
  organizationId: string,
  given: Omit<NewAlert, 'clearsAt'> & { clearsAt: number },
): Promise<AlertFields> {
  const { agent, name, measure, windowHours, direction, threshold, clearsAt } = given;
  const { leastCases, enabled } = given;
  if (direction === 'above' ? clearsAt > threshold : clearsAt < threshold) {
    const side = direction === 'above' ? 'above' : 'below';
    throw new ManageError(`must not be ${side} the threshold`, { field: 'clearsAt' });
  }
  if (agent !== null && !MEASURES[measure].isOfAgent) {
    throw new ManageError('must be null: what is measured is no agent’s', { field: 'agent' });
  }
  const agentId = agent === null ? null : await findAgentId(db, organizationId, agent);
  return {
    name,
    measure,
    agentId,
    windowHours,
    direction,
    threshold,
    clearsAt,
    leastCases,
    enabled,
  };
}
