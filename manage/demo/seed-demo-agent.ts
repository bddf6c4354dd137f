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
import { countSealed } from '../../db/master-key-rotation.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { explainDatabaseTrouble } from '../../db/database-trouble.ts';
import { databaseUrl, masterKey, readEnvironment, text } from '../../runtime/environment.ts';
import { OperatorError } from '../../runtime/operator-error.ts';
import { runProgram } from '../../runtime/run-program.ts';

// Run as a program: makes the demo agent "front-desk" unless it is there, and points it to the
// calendar asked for.
const CalendarSchema = z.strictObject({
  name: z.string(),
  provider: z.string(),
  settings: z.record(z.string(), z.unknown()),
  credential: z.string().nullable(),
});
const json = text.transform((written, context): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});
const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  SLOTLINE_MASTER_KEY: masterKey,
  DEMO_CALENDAR: json.pipe(CalendarSchema),
  /** Of all that the demo ever makes. */
  DEMO_CALENDAR_NAMES: json.pipe(z.array(z.string())),
});
await runProgram(async () => {
  const config = readEnvironment(ConfigSchema, env);
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-seed',
  });
  try {
    await requireKey(db, config.SLOTLINE_MASTER_KEY);
    await db.transaction().execute(async (transaction) => {
      const agent =
        (await findAgentBySlug(transaction, 'front-desk')) ?? (await makeAgent(transaction));
      await pointToCalendar(transaction, agent, config);
    });
    stdout.write(
      `${JSON.stringify({ msg: 'seeded', agent: 'front-desk', calendar: config.DEMO_CALENDAR.name })}\n`,
    );
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);

/** @throws {OperatorError} when the key is another one than that of all that is sealed here */
async function requireKey(db: Database, masterKey: Buffer): Promise<void> {
  const { secrets, opened } = await countSealed(db, masterKey);
  if (secrets === 0 || opened > 0) return;
  throw new OperatorError(
    'SLOTLINE_MASTER_KEY is not the key that the credentials in this database were sealed with. Set it to that key ' +
      '(a local start keeps its own in secrets.json of the data directory), or name another database.',
  );
}

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

/** Only the demo's own calendars are touched: events that a person added stay as they are. */
async function pointToCalendar(
  db: Database,
  agent: { organizationId: string; id: string },
  config: z.infer<typeof ConfigSchema>,
): Promise<void> {
  const { organizationId } = agent;
  const { name, provider, settings, credential } = config.DEMO_CALENDAR;
  const connections = await listCalendarConnections(db, organizationId);
  const known = connections.find((connection) => connection.name === name);
  const id =
    known?.id ??
    (await insertCalendarConnection(db, {
      organizationId,
      provider,
      name,
      timeZone: 'America/New_York',
      settings,
    }));
  if (credential !== null) {
    const masterKey = config.SLOTLINE_MASTER_KEY;
    const key = { organizationId, id };
    await replaceSettings(db, key, settings);
    await replaceCredential(db, key, { plain: credential, masterKey });
  }
  const demoNames = config.DEMO_CALENDAR_NAMES;
  const demoIds = connections.filter((one) => demoNames.includes(one.name)).map((one) => one.id);
  const events = await listBookingEvents(db, organizationId);
  for (const event of events.filter((one) => demoIds.includes(one.calendarConnectionId))) {
    await updateBookingEvent(db, event, { enabled: event.calendarConnectionId === id });
  }
  // One that its owner removed stays away.
  const all = await listBookingEvents(db, organizationId, { removed: true });
  if (all.some((event) => event.calendarConnectionId === id)) return;
  await insertBookingEvent(db, {
    organizationId,
    agentId: agent.id,
    calendarConnectionId: id,
    name: 'Appointment',
    eventType: 'appointment',
  });
}
