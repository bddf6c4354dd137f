import { randomUUID } from 'node:crypto';
import { insertAgent } from '../../db/agents.ts';
import type { NewAgent } from '../../db/agents.ts';
import { insertBookingEvent } from '../../db/booking-events.ts';
import type { NewBookingEvent } from '../../db/booking-events.ts';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';

export interface Tenant {
  organizationId: string;
  calendarConnectionId: string;
  agentId: string;
  bookingEventId: string;
  slug: string;
}

/** An organization of its own with an agent on a fake calendar. */
export async function insertTenant(
  db: Database,
  options: {
    timeZone?: string;
    settings?: Record<string, unknown>;
    agent?: Partial<NewAgent>;
    event?: Partial<NewBookingEvent>;
  } = {},
): Promise<Tenant> {
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'fake',
    name: 'Test calendar',
    timeZone: options.timeZone ?? 'America/New_York',
    settings: options.settings ?? { seed: 7 },
  });
  const slug = `test-${randomUUID()}`;
  const agentId = await insertAgent(db, {
    organizationId,
    slug,
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
    ...options.agent,
  });
  const bookingEventId = await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Appointment',
    eventType: 'appointment',
    ...options.event,
  });
  return { organizationId, calendarConnectionId, agentId, bookingEventId, slug };
}
