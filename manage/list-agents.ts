import { listAgents as listStoredAgents } from '../db/agents.ts';
import type { Agent } from '../db/agents.ts';
import { listBookingEvents } from '../db/booking-events.ts';
import type { Database } from '../db/database.ts';

/** An agent with the names of what it books. */
export type ListedAgent = Agent & { events: string[] };

/** Agents of an organization, in order of their slugs. */
export async function listAgents(db: Database, organizationId: string): Promise<ListedAgent[]> {
  const events = (await listBookingEvents(db, organizationId)).filter(({ enabled }) => enabled);
  return (await listStoredAgents(db, organizationId)).map((agent) => ({
    ...agent,
    events: events
      .filter(({ agentId }) => agentId === null || agentId === agent.id)
      .map(({ name }) => name),
  }));
}
