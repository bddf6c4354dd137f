import type { Database } from './database.ts';
import type { CalendarProvider } from './schema.ts';

export interface NewAgent {
  organizationId: string;
  slug: string;
  name: string;
  businessName: string;
  instructions?: string;
  language?: string;
  voice?: string;
  enabled?: boolean;
  calendarConnectionId: string | null;
  eventType: string;
  durationMinutes?: number;
}

/** An agent with what is public of its calendar; the credential is not among it. */
export interface Agent {
  id: string;
  organizationId: string;
  slug: string;
  name: string;
  businessName: string;
  instructions: string;
  language: string;
  voice: string;
  enabled: boolean;
  eventType: string;
  durationMinutes: number;
  calendar: { connectionId: string; provider: CalendarProvider; timeZone: string } | null;
}

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

function agentRows(db: Database) {
  return db
    .selectFrom('agents')
    .leftJoin('calendarConnections as calendar', (join) =>
      join
        .onRef('calendar.id', '=', 'agents.calendarConnectionId')
        .onRef('calendar.organizationId', '=', 'agents.organizationId'),
    )
    .select([
      'agents.id',
      'agents.organizationId',
      'agents.slug',
      'agents.name',
      'agents.businessName',
      'agents.instructions',
      'agents.language',
      'agents.voice',
      'agents.enabled',
      'agents.eventType',
      'agents.durationMinutes',
      'calendar.id as connectionId',
      'calendar.provider',
      'calendar.timeZone',
    ]);
}

type AgentRow = Awaited<ReturnType<ReturnType<typeof agentRows>['executeTakeFirstOrThrow']>>;

function toAgent({ connectionId, provider, timeZone, ...agent }: AgentRow): Agent {
  const calendar =
    connectionId && provider && timeZone ? { connectionId, provider, timeZone } : null;
  return { ...agent, calendar };
}
