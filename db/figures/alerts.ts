import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isBehind } from '../is-behind.ts';
import type { AlertDirection, AlertState } from '../values.ts';

export interface Alert {
  id: string;
  organizationId: string;
  name: string;
  measure: string;
  agentId: string | null;
  /** Null of all agents. */
  agentSlug: string | null;
  windowHours: number;
  direction: AlertDirection;
  threshold: number;
  clearsAt: number;
  leastCases: number;
  enabled: boolean;
  state: AlertState;
  value: number | null;
  checkedAt: Date | null;
  changedAt: Date | null;
}

export type AlertFields = Pick<
  Alert,
  | 'name'
  | 'measure'
  | 'agentId'
  | 'windowHours'
  | 'direction'
  | 'threshold'
  | 'clearsAt'
  | 'leastCases'
  | 'enabled'
>;

interface AlertKey {
  organizationId: string;
  id: string;
}

/** Alerts of an organization from behind one of them, the newest first. */
export async function listAlerts(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<Alert[]> {
  let query = alertRows(db).where('alert.organizationId', '=', organizationId);
  if (after !== null) query = query.where(isBehind('alerts', { organizationId, after }, 'alert'));
  return query
    .orderBy('alert.createdAt', 'desc')
    .orderBy('alert.id', 'desc')
    .limit(limit)
    .execute();
}

export async function findAlert(db: Database, key: AlertKey): Promise<Alert | undefined> {
  return alertRows(db)
    .where('alert.organizationId', '=', key.organizationId)
    .where('alert.id', '=', key.id)
    .executeTakeFirst();
}

/** Nobody else edits it until the end of the transaction. */
export async function lockAlert(transaction: Database, key: AlertKey): Promise<void> {
  await transaction
    .selectFrom('alerts')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .forUpdate()
    .execute();
}

/** What is enabled, of every organization that is no rehearsal's. */
export async function listEnabledAlerts(db: Database): Promise<Alert[]> {
  return alertRows(db)
    .innerJoin('organizations', 'organizations.id', 'alert.organizationId')
    .where('organizations.isRehearsal', '=', false)
    .where('alert.enabled', '=', true)
    .orderBy('alert.organizationId')
    .orderBy('alert.id')
    .execute();
}

function alertRows(db: Database) {
  return db
    .selectFrom('alerts as alert')
    .leftJoin('agents as agent', (join) =>
      join
        .onRef('agent.id', '=', 'alert.agentId')
        .onRef('agent.organizationId', '=', 'alert.organizationId'),
    )
    .select([
      'alert.id',
      'alert.organizationId',
      'alert.name',
      'alert.measure',
      'alert.agentId',
      'agent.slug as agentSlug',
      'alert.windowHours',
      'alert.direction',
      'alert.threshold',
      'alert.clearsAt',
      'alert.leastCases',
      'alert.enabled',
      'alert.state',
      'alert.value',
      'alert.checkedAt',
      'alert.changedAt',
    ]);
}

export async function countAlerts(db: Database, organizationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('alerts')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Stores an alert and answers its id. */
export async function insertAlert(
  db: Database,
  alert: AlertFields & { organizationId: string },
): Promise<string> {
  const { id } = await db
    .insertInto('alerts')
    .values(alert)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes what is watched: it begins anew, as if nothing had been told. */
export async function updateAlert(db: Database, key: AlertKey, fields: AlertFields): Promise<void> {
  await db
    .updateTable('alerts')
    .set({ ...fields, state: 'quiet', value: null, checkedAt: null })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** @returns whether there was one */
export async function deleteAlert(db: Database, key: AlertKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('alerts')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Notes what was measured; null where there were too few cases. */
export async function noteAlertValue(
  db: Database,
  key: AlertKey,
  value: number | null,
): Promise<void> {
  await db
    .updateTable('alerts')
    .set({ value, checkedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/**
 * Raises an alert or ends it, and keeps when.
 * @returns the change's id; undefined where another process was first, or somebody has edited it
 */
export async function changeAlertState(
  transaction: Database,
  key: AlertKey,
  { state, value }: { state: AlertState; value: number },
): Promise<string | undefined> {
  const { organizationId, id } = key;
  const changed = await transaction
    .updateTable('alerts')
    .set({ state, changedAt: NOW })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('enabled', '=', true)
    .where('state', '<>', state)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return undefined;
  const row = await transaction
    .insertInto('alertChanges')
    .values({ organizationId, alertId: id, state, value })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** When an alert was raised and when it was over, the newest first. */
export async function listAlertChanges(
  db: Database,
  key: AlertKey & { after: string | null; limit: number },
): Promise<{ id: string; state: AlertState; value: number; changedAt: Date }[]> {
  let query = db
    .selectFrom('alertChanges')
    .select(['id', 'state', 'value', 'changedAt'])
    .where('organizationId', '=', key.organizationId)
    .where('alertId', '=', key.id);
  if (key.after !== null) query = query.where('id', '<', key.after);
  return query.orderBy('id', 'desc').limit(key.limit).execute();
}

/** Owners and admins of an organization, whose addresses are their own. */
export async function listManagers(
  db: Database,
  organizationId: string,
): Promise<{ name: string; email: string }[]> {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .select(['users.name', 'users.email'])
    .where('members.organizationId', '=', organizationId)
    .where('members.role', 'in', ['owner', 'admin'])
    .where('users.emailVerified', '=', true)
    .orderBy('users.email')
    .execute();
}
