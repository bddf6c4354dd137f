import type { AgentContent } from './agents.ts';
import { NOW } from './clock.ts';
import type { Database } from './database.ts';

interface OfAgent {
  organizationId: string;
  agentId: string;
}

/** What is drafted of an agent and not published. */
export interface StoredDraft {
  /** What differs from what is published. */
  change: Partial<AgentContent>;
  editedBy: string;
  updatedAt: Date;
}

/** Undefined where nothing is drafted. */
export async function findDraft(
  db: Database,
  { organizationId, agentId }: OfAgent,
): Promise<StoredDraft | undefined> {
  return db
    .selectFrom('agentDrafts')
    .select(['change', 'editedBy', 'updatedAt'])
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .executeTakeFirst();
}

/** Writes a draft in place of the one before. */
export async function saveDraft(
  db: Database,
  agent: OfAgent,
  { change, editedBy }: Pick<StoredDraft, 'change' | 'editedBy'>,
): Promise<void> {
  const written = { change: JSON.stringify(change), editedBy };
  await db
    .insertInto('agentDrafts')
    .values({ ...agent, ...written })
    .onConflict((conflict) =>
      conflict.column('agentId').doUpdateSet({ ...written, updatedAt: NOW }),
    )
    .execute();
}

/** Forgets what is drafted. */
export async function deleteDraft(
  db: Database,
  { organizationId, agentId }: OfAgent,
): Promise<void> {
  await db
    .deleteFrom('agentDrafts')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .execute();
}

/** What a list of agents says of each beside the agent itself. */
export interface AgentFigures {
  agentId: string;
  factCount: number;
  /** E.164: numbers whose calls it answers, in their order. */
  numbers: string[];
  hasDraft: boolean;
}

/** Of these agents of an organization, in any order. */
export async function readAgentFigures(
  db: Database,
  organizationId: string,
  agentIds: readonly string[],
): Promise<AgentFigures[]> {
  if (agentIds.length === 0) return [];
  const rows = await db
    .selectFrom('agents')
    .select((select) => [
      'agents.id as agentId',
      select
        .selectFrom('businessFacts')
        .select((count) => count.fn.countAll<string>().as('factCount'))
        .whereRef('businessFacts.agentId', '=', 'agents.id')
        .as('factCount'),
      select
        .selectFrom('phoneNumbers')
        .select((number) =>
          number.fn.agg<string[] | null>('array_agg', ['number']).orderBy('number').as('numbers'),
        )
        .whereRef('phoneNumbers.agentId', '=', 'agents.id')
        .where('inbound', '=', true)
        .as('numbers'),
      select
        .exists(
          select
            .selectFrom('agentDrafts')
            .select('agentDrafts.agentId')
            .whereRef('agentDrafts.agentId', '=', 'agents.id'),
        )
        .as('hasDraft'),
    ])
    .where('agents.organizationId', '=', organizationId)
    .where('agents.id', 'in', agentIds)
    .execute();
  return rows.map(({ agentId, factCount, numbers, hasDraft }) => ({
    agentId,
    factCount: Number(factCount),
    numbers: numbers ?? [],
    hasDraft: Boolean(hasDraft),
  }));
}
