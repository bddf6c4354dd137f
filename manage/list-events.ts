import { listAgentSlugs } from '../db/agents.ts';
import { listBookingEvents } from '../db/booking-events.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { findManagedAgent } from './agents.ts';

/** An event with its agent and calendar as their operator calls them. */
export interface ListedEvent extends BookingEvent {
  /** The agent's slug; null: every agent books it. */
  agent: string | null;
  calendar: string | null;
  /** By their names. */
  blockedBy: string[];
}

/**
 * Events of an organization.
 * @param filter.agent the slug of the agent that books them; all of them without it
 * @throws {ManageError} there is no such agent
 */
export async function listEvents(
  db: Database,
  organizationId: string,
  { agent }: { agent?: string | undefined } = {},
): Promise<ListedEvent[]> {
  const wanted = agent === undefined ? null : await findManagedAgent(db, organizationId, agent);
  const events = await listBookingEvents(db, organizationId);
  return nameEvents(
    db,
    organizationId,
    events.filter(({ agentId }) => !wanted || agentId === null || agentId === wanted.id),
  );
}

/** Events of an organization with the names of what belongs to them. */
export async function nameEvents(
  db: Database,
  organizationId: string,
  events: readonly BookingEvent[],
): Promise<ListedEvent[]> {
  const agents = await listAgentSlugs(db, organizationId);
  const calendars = await listCalendarConnections(db, organizationId);
  const nameOf = new Map(calendars.map(({ id, name }) => [id, name]));
  return events.map((event) => ({
    ...event,
    agent: agents.find(({ id }) => id === event.agentId)?.slug ?? null,
    calendar: nameOf.get(event.calendarConnectionId) ?? null,
    blockedBy: event.busyCalendars.map((id) => nameOf.get(id) ?? id),
  }));
}
