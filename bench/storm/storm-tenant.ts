import { randomUUID } from 'node:crypto';
import { insertAgent } from '../../db/agents.ts';
import { insertBookingEvent, listAgentEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertCall } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';

export interface StormTenant {
  organizationId: string;
  agentId: string;
  event: BookingEvent;
  callIds: string[];
}

/** An organization with an agent, a calendar, an event and calls. */
export async function insertStormTenant(
  db: Database,
  options: {
    calls: number;
    provider?: string;
    eventName?: string;
    settings?: Record<string, unknown>;
    credential?: { plain: string; masterKey: Buffer };
  },
): Promise<StormTenant> {
  const organizationId = await insertOrganization(db, 'Storm');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: options.provider ?? 'fake',
    name: 'Storm',
    timeZone: 'UTC',
    settings: options.settings ?? {},
    ...(options.credential ? { credential: options.credential } : {}),
  });
  const agentId = await insertAgent(db, {
    organizationId,
    slug: `storm-${randomUUID()}`,
    name: 'Front desk',
    businessName: 'Storm',
  });
  await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: options.eventName ?? 'Appointment',
    eventType: 'appointment',
  });
  const [event] = await listAgentEvents(db, { organizationId, agentId });
  if (!event) throw new Error('The event was not stored.');
  const callIds = await Promise.all(
    Array.from({ length: options.calls }, () =>
      insertCall(db, {
        organizationId,
        agentId,
        roomName: 'storm',
        line: 'web',
      }),
    ),
  );
  return { organizationId, agentId, event, callIds };
}
