import type { Generated } from 'kysely';
import type { AgentContent } from '../agents.ts';
import type { InstantByDefault, Json } from '../values.ts';

export interface ScenariosTable {
  id: Generated<string>;
  organizationId: string;
  name: string;
  yaml: string;
  /** The call that it was made of. */
  callId: string;
  madeBy: string;
  createdAt: InstantByDefault;
}

export interface RequiredScenariosTable {
  organizationId: string;
  agentId: string;
  /** The id of one of the organization's own, or the name of one that comes with the product. */
  scenario: string;
}

/** `waiting`: for a process that plays it. */
export type RunState = 'waiting' | 'running' | 'passed' | 'failed';

export interface ScenarioRunsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  scenario: string;
  /** The draft as it was played. */
  content: Json<AgentContent>;
  state: Generated<RunState>;
  failures: Generated<string[]>;
  transcript: string | null;
  requestedBy: string;
  requestedAt: InstantByDefault;
  claimedUntil: Date | null;
  endedAt: Date | null;
}

/** A scenario that comes with the product. */
export interface ShippedScenario {
  /** Its file's name, without what follows the dot. */
  scenario: string;
  name: string;
  /** BCP 47: in which its caller speaks. */
  language: string;
}

export interface RehearsersTable {
  id: string;
  shipped: Json<ShippedScenario[]>;
  seenAt: InstantByDefault;
}
