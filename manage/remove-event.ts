import { listAgents } from '../db/agents.ts';
import {
  countEventUses,
  listBookingEvents,
  lockBookingEvent,
  removeBookingEvent,
} from '../db/booking-events.ts';
import type { BookingEvent, EventUses } from '../db/booking-events.ts';
import type { Database } from '../db/database.ts';
import { findManagedEvent } from './events.ts';

/** What refers to an event, for who is about to remove it. */
export interface EventReferences extends EventUses {
  /** Slugs of agents that would have nothing left to book. */
  agentsWithout: string[];
}

/** @throws {ManageError} there is no such event */
export async function readEventReferences(
  db: Database,
  organizationId: string,
  wanted: string,
): Promise<EventReferences> {
  return referencesOf(db, await findManagedEvent(db, organizationId, wanted));
}

/**
 * Removes an event from what is offered and listed. Appointments that were booked with it stand, and are
 * moved and cancelled as before.
 * @throws {ManageError} there is no such event
 */
export async function removeEvent(
  transaction: Database,
  organizationId: string,
  wanted: string,
): Promise<{ event: BookingEvent; references: EventReferences }> {
  const event = await findManagedEvent(transaction, organizationId, wanted);
  await lockBookingEvent(transaction, event);
  const references = await referencesOf(transaction, event);
  await removeBookingEvent(transaction, event);
  return { event, references };
}

async function referencesOf(db: Database, event: BookingEvent): Promise<EventReferences> {
  const { organizationId, id, agentId } = event;
  const others = (await listBookingEvents(db, organizationId)).filter(
    (each) => each.id !== id && each.enabled,
  );
  const booking = (await listAgents(db, organizationId)).filter(
    (agent) => agentId === null || agentId === agent.id,
  );
  const isLeftWithout = (agent: { id: string }): boolean =>
    event.enabled && !others.some((each) => each.agentId === null || each.agentId === agent.id);
  return {
    ...(await countEventUses(db, event)),
    agentsWithout: booking.filter(isLeftWithout).map(({ slug }) => slug),
  };
}
