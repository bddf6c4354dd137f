import { env, stdout } from 'node:process';
import { z } from 'zod';
import { findAgentBySlug, insertAgent } from '../../db/agents.ts';
import {
  insertBookingEvent,
  listBookingEvents,
  updateBookingEvent,
} from '../../db/booking-events.ts';
import {
  insertCalendarConnection,
  listCalendarConnections,
  replaceCredential,
  replaceSettings,
} from '../../db/calendars/calendar-connections.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { explainDatabaseTrouble } from '../../db/database-trouble.ts';
import {
  databaseUrl,
  httpUrl,
  masterKey,
  readEnvironment,
  text,
} from '../../runtime/environment.ts';
import { runProgram } from '../../runtime/run-program.ts';

// Run as a program: makes the demo agent "front-desk" unless it is there, and points it to the
// calendar asked for: the fake one, or a simulator of Cal.com.
const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  SLOTLINE_MASTER_KEY: masterKey,
  DEMO_CALENDAR: z.enum(['fake', 'calcom']).default('fake'),
  DEMO_CALCOM_BASE_URL: httpUrl.optional(),
  DEMO_CALCOM_KEY: text.optional(),
});
const DEMO_NAMES = { fake: 'Demo calendar', calcom: 'Cal.com simulator' };
await runProgram(async () => {
  const config = readEnvironment(ConfigSchema, env);
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-seed',
  });
  try {
    await db.transaction().execute(async (transaction) => {
      const agent =
        (await findAgentBySlug(transaction, 'front-desk')) ?? (await makeAgent(transaction));
      await pointToCalendar(transaction, agent, config);
    });
    stdout.write(
      `${JSON.stringify({ msg: 'seeded', agent: 'front-desk', calendar: config.DEMO_CALENDAR })}\n`,
    );
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);

async function makeAgent(db: Database): Promise<{ organizationId: string; id: string }> {
  const organizationId = await insertOrganization(db, 'Demo');
  const id = await insertAgent(db, {
    organizationId,
    slug: 'front-desk',
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
  });
  return { organizationId, id };
}

/** Only the demo's own two calendars are touched: events that a person added stay as they are. */
async function pointToCalendar(
  db: Database,
  agent: { organizationId: string; id: string },
  config: z.infer<typeof ConfigSchema>,
): Promise<void> {
  const { organizationId } = agent;
  const provider = config.DEMO_CALENDAR;
  const name = DEMO_NAMES[provider];
  const connections = await listCalendarConnections(db, organizationId);
  const known = connections.find((connection) => connection.name === name);
  const settings = provider === 'fake' ? { seed: 7 } : { baseUrl: config.DEMO_CALCOM_BASE_URL };
  const id =
    known?.id ??
    (await insertCalendarConnection(db, {
      organizationId,
      provider,
      name,
      timeZone: 'America/New_York',
      settings,
    }));
  if (provider === 'calcom') {
    const masterKey = config.SLOTLINE_MASTER_KEY;
    const key = { organizationId, id };
    await replaceSettings(db, key, settings);
    await replaceCredential(db, key, { plain: config.DEMO_CALCOM_KEY ?? '', masterKey });
  }
  const demoNames = Object.values(DEMO_NAMES);
  const demoIds = connections.filter((one) => demoNames.includes(one.name)).map((one) => one.id);
  const events = await listBookingEvents(db, organizationId);
  for (const event of events.filter((one) => demoIds.includes(one.calendarConnectionId))) {
    await updateBookingEvent(db, event, { enabled: event.calendarConnectionId === id });
  }
  if (events.some((event) => event.calendarConnectionId === id)) return;
  await insertBookingEvent(db, {
    organizationId,
    agentId: agent.id,
    calendarConnectionId: id,
    name: 'Appointment',
    eventType: 'appointment',
  });
}
