import { sql } from 'kysely';
import type { AgentContent } from '../agents.ts';
import { later, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { RunState } from './tables.ts';

interface OfAgent {
  organizationId: string;
  agentId: string;
}

/** How a scenario went with a draft; of each the last run alone is kept. */
export interface ScenarioRun {
  scenario: string;
  content: AgentContent;
  state: RunState;
  /** What was not as the scenario says; empty where it passed. */
  failures: string[];
  /** What was said; null where it was not played. */
  transcript: string | null;
  requestedBy: string;
  requestedAt: Date;
  endedAt: Date | null;
}

/** Asks for runs, in place of those before. */
export async function requestRuns(
  transaction: Database,
  { organizationId, agentId }: OfAgent,
  asked: { scenarios: readonly string[]; content: AgentContent; requestedBy: string },
): Promise<void> {
  if (asked.scenarios.length === 0) return;
  await transaction
    .deleteFrom('scenarioRuns')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .where('scenario', 'in', asked.scenarios)
    .execute();
  const { requestedBy } = asked;
  const content = JSON.stringify(asked.content);
  await transaction
    .insertInto('scenarioRuns')
    .values(
      asked.scenarios.map((scenario) => ({
        organizationId,
        agentId,
        scenario,
        content,
        requestedBy,
      })),
    )
    .execute();
}

export async function listRuns(
  db: Database,
  { organizationId, agentId }: OfAgent,
): Promise<ScenarioRun[]> {
  return db
    .selectFrom('scenarioRuns')
    .select([
      'scenario',
      'content',
      'state',
      'failures',
      'transcript',
      'requestedBy',
      'requestedAt',
      'endedAt',
    ])
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .execute();
}

/** A run that a process has taken. */
export interface ClaimedRun {
  id: string;
  scenario: string;
  content: AgentContent;
  /** Of one of the organization's own; null of one that comes with the product. */
  yaml: string | null;
}

/**
 * Takes the run that waits longest; undefined where none does.
 * @param lease milliseconds, after which the process that has it is taken for dead
 */
export async function claimRun(db: Database, lease: number): Promise<ClaimedRun | undefined> {
  return db
    .updateTable('scenarioRuns')
    .set({ state: 'running', claimedUntil: later(lease) })
    .where('id', '=', (select) =>
      select
        .selectFrom('scenarioRuns')
        .select('id')
        .where('state', '=', 'waiting')
        .orderBy('requestedAt')
        .orderBy('scenario')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning((select) => [
      'id',
      'scenario',
      'content',
      select
        .selectFrom('scenarios')
        .select('yaml')
        .where(sql<boolean>`scenarios.id = scenario_runs.scenario_id`)
        .as('yaml'),
    ])
    .executeTakeFirst();
}

/** Writes down how a run went; one that was asked for anew meanwhile is another. */
export async function finishRun(
  db: Database,
  id: string,
  ended: { failures: readonly string[]; transcript: string | null },
): Promise<void> {
  await db
    .updateTable('scenarioRuns')
    .set({
      state: ended.failures.length === 0 ? 'passed' : 'failed',
      failures: [...ended.failures],
      transcript: ended.transcript,
      claimedUntil: null,
      endedAt: NOW,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** Lets a run that was taken wait again: its process stops. */
export async function giveRunBack(db: Database, id: string): Promise<void> {
  await db
    .updateTable('scenarioRuns')
    .set({ state: 'waiting', claimedUntil: null })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** Ends the runs of processes that are dead: a scenario that kills its process is not played for ever. */
export async function failLostRuns(db: Database, why: string): Promise<void> {
  await db
    .updateTable('scenarioRuns')
    .set({ state: 'failed', failures: [why], claimedUntil: null, endedAt: NOW })
    .where('state', '=', 'running')
    .where('claimedUntil', '<', NOW)
    .execute();
}
