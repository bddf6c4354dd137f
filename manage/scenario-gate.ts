import type { Agent, AgentContent } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import { listRuns } from '../db/scenarios/scenario-runs.ts';
import type { ScenarioRun } from '../db/scenarios/scenario-runs.ts';
import { listRequired } from '../db/scenarios/scenarios.ts';
import { changesBetween } from './agent-versions.ts';
import { ManageError } from './manage-error.ts';

/** Whether a run was of this draft, to the word. */
export function isOfDraft(run: ScenarioRun, content: AgentContent): boolean {
  return changesBetween(run.content, content).length === 0;
}

/** The scenarios that an agent's draft must pass and has not. */
export async function listUnpassed(
  db: Database,
  agent: Agent,
  content: AgentContent,
): Promise<string[]> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const required = await listRequired(db, of);
  if (required.length === 0) return [];
  const runs = await listRuns(db, of);
  const passed = new Set(
    runs
      .filter((run) => run.state === 'passed' && isOfDraft(run, content))
      .map(({ scenario }) => scenario),
  );
  return required.filter((scenario) => !passed.has(scenario));
}

/** @throws {ManageError} scenarios that must pass have not */
export function refuseUnpassed(unpassed: readonly string[]): void {
  if (unpassed.length === 0) return;
  const count = unpassed.length === 1 ? 'One scenario' : `${unpassed.length} scenarios`;
  throw new ManageError(
    `${count} must pass with this draft before it is published: play them, or let an owner say why it goes out without them.`,
    { fault: 'refused' },
  );
}

/**
 * Keeps an edit from going past the draft of an agent that has scenarios to pass.
 * @throws {ManageError}
 */
export async function refusePastScenarios(db: Database, agent: Agent): Promise<void> {
  const required = await listRequired(db, {
    organizationId: agent.organizationId,
    agentId: agent.id,
  });
  if (required.length === 0) return;
  throw new ManageError(
    'This agent has scenarios to pass before callers meet a change: edit its draft, play them, then publish.',
    { fault: 'refused' },
  );
}
