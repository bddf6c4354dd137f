import { z } from 'zod';
import type { CalendarProvider } from '../calendar/provider.ts';
import { languageOf } from '../calls/languages.ts';
import type { Database } from '../db/database.ts';
import { findShipped } from '../db/scenarios/rehearsers.ts';
import { listRuns, requestRuns } from '../db/scenarios/scenario-runs.ts';
import type { ScenarioRun } from '../db/scenarios/scenario-runs.ts';
import {
  deleteScenario,
  insertScenario,
  listRequired,
  listScenarios,
  replaceRequired,
} from '../db/scenarios/scenarios.ts';
import type { Scenario } from '../db/scenarios/scenarios.ts';
import { lockDraft, readDraft } from './agent-drafts.ts';
import type { AgentDraft, DraftWork } from './agent-drafts.ts';
import { formatScenario } from './calls/scenario-file.ts';
import { findManagedCall } from './calls/show-call.ts';
import { toScenario } from './calls/to-scenario.ts';
import { ManageError } from './manage-error.ts';
import { NameSchema, parseInput } from './parse-input.ts';
import { refuseTaken } from './refuse-taken.ts';
import { isOfDraft } from './scenario-gate.ts';

/** An agent has so many to pass at most: somebody waits for them. */
export const MOST_REQUIRED = 20;

/** A scenario that an agent's draft can be played with. */
export interface AgentScenario {
  /** Of one of the organization's own its id. */
  scenario: string;
  name: string;
  /** Null of one that comes with the product. */
  made: { callId: string; by: string; at: Date } | null;
  isRequired: boolean;
  run: (Omit<ScenarioRun, 'scenario' | 'content'> & { isOfDraft: boolean }) | null;
}

export interface AgentScenarios {
  agent: AgentDraft['agent'];
  /** Whether something here plays scenarios. */
  canPlay: boolean;
  scenarios: AgentScenario[];
}

/** What a draft can be tried with: what comes with the product in its language, and the organization's own. */
export async function readAgentScenarios(
  db: Database,
  work: Omit<DraftWork, 'by'>,
): Promise<AgentScenarios> {
  return scenariosOf(db, await readDraft(db, work));
}

/**
 * Chooses which ones must pass before the agent is published.
 * @throws {ManageError} one of them is unknown, or there are too many
 */
export async function requireScenarios(
  transaction: Database,
  work: Omit<DraftWork, 'by'>,
  scenarios: readonly string[],
): Promise<AgentScenarios> {
  const draft = await lockDraft(transaction, work);
  const chosen = [...new Set(scenarios)];
  if (chosen.length > MOST_REQUIRED) {
    throw new ManageError(`must name ${MOST_REQUIRED} scenarios at most`, { field: 'required' });
  }
  const { scenarios: known } = await scenariosOf(transaction, draft);
  refuseUnknown(known, chosen, 'required');
  await replaceRequired(transaction, keyOf(draft), chosen);
  return scenariosOf(transaction, draft);
}

/**
 * Asks for runs with the draft as it is now.
 * @param scenarios null: those that must pass
 * @throws {ManageError} one is unknown, none must pass, or nothing here plays scenarios
 */
export async function playScenarios(
  transaction: Database,
  work: DraftWork,
  scenarios: readonly string[] | null,
): Promise<AgentScenarios> {
  const draft = await lockDraft(transaction, work);
  const { scenarios: known, canPlay } = await scenariosOf(transaction, draft);
  const chosen = [
    ...new Set(
      scenarios ?? known.filter((each) => each.isRequired).map(({ scenario }) => scenario),
    ),
  ];
  refuseUnknown(known, chosen, 'scenarios');
  if (chosen.length === 0) {
    throw new ManageError('No scenario must pass: choose some first.', { field: 'scenarios' });
  }
  if (!canPlay) {
    throw new ManageError(
      'Nothing plays scenarios on this installation now. `npm start` runs a rehearser with the office; elsewhere it is started as docs/office.md says under "Scenarios".',
      { fault: 'refused' },
    );
  }
  await requestRuns(transaction, keyOf(draft), {
    scenarios: chosen,
    content: draft.content,
    requestedBy: work.by,
  });
  return scenariosOf(transaction, draft);
}

/**
 * Keeps a scenario of a call, with made-up names and numbers.
 * @throws {ManageError} there is no such call, or the name is taken
 */
export async function keepScenario(
  transaction: Database,
  {
    organizationId,
    callId,
    name: given,
    by,
  }: Record<'organizationId' | 'callId' | 'by', string> & {
    name: unknown;
  },
  providers: readonly CalendarProvider[],
): Promise<Scenario> {
  const { name } = parseInput(z.strictObject({ name: NameSchema }), { name: given });
  await findManagedCall(transaction, organizationId, { id: callId }, { rehearsals: false });
  const made = await toScenario({ db: transaction, providers }, organizationId, { id: callId });
  // So it is named in whatever is told of it.
  const yaml = formatScenario({ ...made, scenario: { ...made.scenario, name } });
  let kept: Scenario | undefined;
  const taken = { message: 'A scenario has this name: choose another one.', field: 'name' };
  await refuseTaken(taken, async () => {
    kept = await insertScenario(transaction, { organizationId, name, yaml, callId, madeBy: by });
  });
  if (!kept) throw new Error('A scenario was written, and none came back.');
  return kept;
}

/** @throws {ManageError} there is none */
export async function removeScenario(
  transaction: Database,
  key: { organizationId: string; id: string },
): Promise<Scenario> {
  const scenario = await deleteScenario(transaction, key);
  if (scenario) return scenario;
  throw new ManageError('There is no such scenario.', { field: 'scenarioId', fault: 'missing' });
}

function keyOf({ agent }: AgentDraft) {
  return { organizationId: agent.organizationId, agentId: agent.id };
}

async function scenariosOf(db: Database, { agent, content }: AgentDraft): Promise<AgentScenarios> {
  const of = { organizationId: agent.organizationId, agentId: agent.id };
  const required = await listRequired(db, of);
  const runs = new Map((await listRuns(db, of)).map((run) => [run.scenario, run]));
  const shipped = await findShipped(db);
  const own = await listScenarios(db, agent.organizationId);
  const language = languageOf(content.language);
  const offered = [
    ...own.map(({ id, name, callId, madeBy, createdAt }) => ({
      scenario: id,
      name,
      made: { callId, by: madeBy, at: createdAt },
    })),
    ...(shipped ?? [])
      .filter((each) => required.includes(each.scenario) || languageOf(each.language) === language)
      .map(({ scenario, name }) => ({ scenario, name, made: null })),
  ];
  // What must pass stays in sight also while nothing tells its name.
  const nameless = required
    .filter((scenario) => !offered.some((each) => each.scenario === scenario))
    .map((scenario) => ({ scenario, name: scenario.replaceAll('-', ' '), made: null }));
  return {
    agent,
    canPlay: shipped !== undefined,
    scenarios: [...offered, ...nameless].map((each) => {
      const run = runs.get(each.scenario);
      return {
        ...each,
        isRequired: required.includes(each.scenario),
        run: run ? { ...run, isOfDraft: isOfDraft(run, content) } : null,
      };
    }),
  };
}

function refuseUnknown(
  known: readonly AgentScenario[],
  chosen: readonly string[],
  field: string,
): void {
  const unknown = chosen.find((scenario) => !known.some((each) => each.scenario === scenario));
  if (unknown === undefined) return;
  throw new ManageError(`There is no scenario "${unknown}" for this agent.`, {
    field,
    fault: 'missing',
  });
}
