import { env, stdout } from 'node:process';
import { findAgentBySlug, insertAgent } from '../db/agents.ts';
import { insertBookingEvent } from '../db/booking-events.ts';
import { insertCalendarConnection } from '../db/calendar-connections.ts';
import { openDatabase } from '../db/database.ts';
import { insertOrganization } from '../db/organizations.ts';

// Run as a program: makes the demo agent "front-desk" on the fake calendar, unless it is there.
const connectionString = env['DATABASE_URL'];
if (!connectionString) throw new Error('DATABASE_URL is missing: set it to a postgres:// address.');
const db = openDatabase({ connectionString, maxConnections: 1, applicationName: 'slotline-seed' });
try {
  const existing = await findAgentBySlug(db, 'front-desk');
  if (!existing) {
    await db.transaction().execute(async (transaction) => {
      const organizationId = await insertOrganization(transaction, 'Demo');
      const calendarConnectionId = await insertCalendarConnection(transaction, {
        organizationId,
        provider: 'fake',
        name: 'Demo calendar',
        timeZone: 'America/New_York',
        settings: { seed: 7 },
      });
      const agentId = await insertAgent(transaction, {
        organizationId,
        slug: 'front-desk',
        name: 'Front desk',
        businessName: 'Harbor Street Clinic',
      });
      await insertBookingEvent(transaction, {
        organizationId,
        agentId,
        calendarConnectionId,
        name: 'Appointment',
        eventType: 'appointment',
      });
    });
  }
  stdout.write(`${JSON.stringify({ msg: 'seeded', agent: 'front-desk', isNew: !existing })}\n`);
} finally {
  await db.destroy();
}
