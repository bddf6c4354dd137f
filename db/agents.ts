import type { BusinessFact } from './business-facts.ts';
import { NOW } from './clock.ts';
import type { ReasoningEffort } from '../runtime/model-environment.ts';
import type { Database } from './database.ts';

export interface NewAgent {
  organizationId: string;
  slug: string;
  name: string;
  businessName: string;
  instructions?: string;
  language?: string;
  languages?: string[] | null;
  voice?: string;
  greeting?: string | null;
  disclosesAi?: boolean;
  realtimeModel?: string | null;
  transcriptionModel?: string | null;
  reasoningEffort?: ReasoningEffort | null;
  enabled?: boolean;
  transferTo?: string | null;
  transferHours?: string | null;
  recording?: boolean;
  longestCallMinutes?: number | null;
  allowedOrigins?: string[];
}

/** An agent with what is public of the calendar of its first booking event. */
export interface Agent {
  id: string;
  organizationId: string;
  slug: string;
  name: string;
  businessName: string;
  instructions: string;
  language: string;
  /** ISO 639-1: those it may change to when a caller speaks one; null: any that is spoken here. */
  languages: string[] | null;
  voice: string;
  /** Null: the usual one, in the agent's language. */
  greeting: string | null;
  /** Whether callers are told at once that they speak with an AI. */
  disclosesAi: boolean;
  /** Null: the worker's, as of the next two. */
  realtimeModel: string | null;
  transcriptionModel: string | null;
  reasoningEffort: ReasoningEffort | null;
  enabled: boolean;
  /** E.164 or a SIP address; null: the agent takes a message instead. */
  transferTo: string | null;
  /** When somebody is there: "Mon-Fri 09:00-18:00", in the organization's zone; null: at any time. */
  transferHours: string | null;
  /** Whether its calls are recorded. */
  recording: boolean;
  /** Null: as long as the organization's; never longer. */
  longestCallMinutes: number | null;
  /** Of sites on which it may be embedded. */
  allowedOrigins: string[];
  /** Null where the agent has nothing to book. */
  calendar: {
    provider: string;
    timeZone: string;
    eventType: string;
  } | null;
}

/** What callers meet of an agent, by the names of its columns: what is drafted and published. */
export const CONTENT_COLUMNS = [
  'name',
  'businessName',
  'instructions',
  'language',
  'languages',
  'voice',
  'greeting',
  'disclosesAi',
  'realtimeModel',
  'transcriptionModel',
  'reasoningEffort',
  'transferTo',
  'transferHours',
  'recording',
  'longestCallMinutes',
] as const satisfies readonly (keyof Agent)[];

/** The same as one thing, with what the agent knows of its business. */
export type AgentContent = Pick<Agent, (typeof CONTENT_COLUMNS)[number]> & {
  /** In order of their topics. */
  facts: BusinessFact[];
};

/** Stores an agent and answers its id. */
export async function insertAgent(db: Database, agent: NewAgent): Promise<string> {
  const row = await db.insertInto('agents').values(agent).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

/** Finds by the public name, over all organizations: a slug is unique. */
export async function findAgentBySlug(db: Database, slug: string): Promise<Agent | undefined> {
  const row = await agentRows(db).where('agents.slug', '=', slug).executeTakeFirst();
  return row && toAgent(row);
}

/** Finds by id over all organizations: the id comes from a dispatch that a server of ours signed. */
export async function findAgentById(db: Database, id: string): Promise<Agent | undefined> {
  const row = await agentRows(db).where('agents.id', '=', id).executeTakeFirst();
  return row && toAgent(row);
}

/** The agent of a call, over all organizations. */
export async function findAgentOfCall(db: Database, callId: string): Promise<Agent | undefined> {
  const row = await agentRows(db)
    .where('agents.id', '=', (call) =>
      call.selectFrom('calls').select('calls.agentId').where('calls.id', '=', callId),
    )
    .executeTakeFirst();
  return row && toAgent(row);
}

/** All agents of an organization by slug, disabled ones too. */
export async function listAgents(db: Database, organizationId: string): Promise<Agent[]> {
  const rows = await agentRows(db)
    .where('agents.organizationId', '=', organizationId)
    .orderBy('agents.slug')
    .execute();
  return rows.map(toAgent);
}

/** Their slugs alone, for lists that name them. */
export async function listAgentSlugs(
  db: Database,
  organizationId: string,
): Promise<Pick<Agent, 'id' | 'slug' | 'enabled'>[]> {
  return db
    .selectFrom('agents')
    .select(['id', 'slug', 'enabled'])
    .where('organizationId', '=', organizationId)
    .execute();
}

/** The same in parts, from behind a slug on. */
export async function listAgentPage(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<Agent[]> {
  const rows = agentRows(db)
    .where('agents.organizationId', '=', organizationId)
    .orderBy('agents.slug')
    .limit(limit);
  return (await (after === null ? rows : rows.where('agents.slug', '>', after)).execute()).map(
    toAgent,
  );
}

/** Keeps an agent, where there is one, from being edited elsewhere until the end of the transaction. */
export async function lockAgent(
  transaction: Database,
  key: { organizationId: string; slug: string },
): Promise<void> {
  await transaction
    .selectFrom('agents')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('slug', '=', key.slug)
    .forUpdate()
    .execute();
}

/** Slugs of agents that can be called, whoever has them, in order and so many at most. */
export async function listSlugs(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('agents')
    .select('slug')
    .where('enabled', '=', true)
    .orderBy('slug')
    .limit(limit)
    .execute();
  return rows.map(({ slug }) => slug);
}

/** Changes what is given. */
export async function updateAgent(
  db: Database,
  key: { organizationId: string; id: string },
  change: Partial<Omit<NewAgent, 'organizationId'>>,
): Promise<void> {
  await db
    .updateTable('agents')
    .set({ ...change, updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/**
 * Deletes an agent with its facts, draft and versions.
 * @throws SQLSTATE 23503 when a call, an event or a number is its own
 */
export async function deleteAgent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<void> {
  await db
    .deleteFrom('agents')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

function agentRows(db: Database) {
  return db
    .selectFrom('agents')
    .leftJoinLateral(
      (expression) =>
        expression
          .selectFrom('bookingEvents as event')
          .innerJoin('calendarConnections as connection', (join) =>
            join
              .onRef('connection.id', '=', 'event.calendarConnectionId')
              .onRef('connection.organizationId', '=', 'event.organizationId'),
          )
          .select((select) => [
            'connection.provider',
            // As its times are said.
            select.fn.coalesce('event.timeZone', 'connection.timeZone').as('timeZone'),
            'event.eventType',
          ])
          .whereRef('event.organizationId', '=', 'agents.organizationId')
          .where((where) =>
            where.or([
              where('event.agentId', 'is', null),
              where('event.agentId', '=', where.ref('agents.id')),
            ]),
          )
          .where('event.enabled', '=', true)
          // Its own events come before those that any agent books.
          .orderBy('event.agentId', (order) => order.asc().nullsLast())
          .orderBy('event.createdAt')
          .limit(1)
          .as('calendar'),
      (join) => join.onTrue(),
    )
    .select([
      'agents.id',
      'agents.organizationId',
      'agents.slug',
      'agents.name',
      'agents.businessName',
      'agents.instructions',
      'agents.language',
      'agents.languages',
      'agents.voice',
      'agents.greeting',
      'agents.disclosesAi',
      'agents.realtimeModel',
      'agents.transcriptionModel',
      'agents.reasoningEffort',
      'agents.enabled',
      'agents.transferTo',
      'agents.transferHours',
      'agents.recording',
      'agents.longestCallMinutes',
      'agents.allowedOrigins',
      'calendar.provider',
      'calendar.timeZone',
      'calendar.eventType',
    ]);
}

type AgentRow = Awaited<ReturnType<ReturnType<typeof agentRows>['executeTakeFirstOrThrow']>>;

function toAgent({ provider, timeZone, eventType, ...agent }: AgentRow): Agent {
  const calendar = provider && timeZone && eventType ? { provider, timeZone, eventType } : null;
  return { ...agent, calendar };
}
