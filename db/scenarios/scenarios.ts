import type { Database } from '../database.ts';

/** A scenario that an organization made of a call. */
export interface Scenario {
  id: string;
  name: string;
  callId: string;
  madeBy: string;
  createdAt: Date;
}

interface OfAgent {
  organizationId: string;
  agentId: string;
}

const COLUMNS = ['id', 'name', 'callId', 'madeBy', 'createdAt'] as const;

/** @throws SQLSTATE 23505 where the organization has one of this name */
export async function insertScenario(
  db: Database,
  scenario: { organizationId: string; name: string; yaml: string; callId: string; madeBy: string },
): Promise<Scenario> {
  return db.insertInto('scenarios').values(scenario).returning(COLUMNS).executeTakeFirstOrThrow();
}

/** Those of an organization, by their names. */
export async function listScenarios(db: Database, organizationId: string): Promise<Scenario[]> {
  return db
    .selectFrom('scenarios')
    .select(COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('name')
    .execute();
}

/** Deletes one with its runs, wherever it had to pass; undefined where there is none. */
export async function deleteScenario(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<Scenario | undefined> {
  return db
    .deleteFrom('scenarios')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Which scenarios an agent's draft must pass, in their order. */
export async function listRequired(
  db: Database,
  { organizationId, agentId }: OfAgent,
): Promise<string[]> {
  const rows = await db
    .selectFrom('requiredScenarios')
    .select('scenario')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .orderBy('scenario')
    .execute();
  return rows.map(({ scenario }) => scenario);
}

/** Lets an agent's draft have to pass these and no others. */
export async function replaceRequired(
  transaction: Database,
  agent: OfAgent,
  scenarios: readonly string[],
): Promise<void> {
  await transaction
    .deleteFrom('requiredScenarios')
    .where('organizationId', '=', agent.organizationId)
    .where('agentId', '=', agent.agentId)
    .execute();
  if (scenarios.length === 0) return;
  await transaction
    .insertInto('requiredScenarios')
    .values(scenarios.map((scenario) => ({ ...agent, scenario })))
    .execute();
}
