import { randomBytes } from 'node:crypto';

import { findAgentBySlug, insertAgent } from '../db/agents.ts';
import type { Agent, AgentContent, NewAgent } from '../db/agents.ts';
import { replaceBusinessFacts } from '../db/business-facts.ts';
import { insertBookingEvent } from '../db/booking-events.ts';
import { insertCalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { insertOrganization } from '../db/organizations.ts';
import { MADE_UP_CALENDAR } from '../start/demo-calendars.ts';
import type { InlineAgent, Scenario } from './scenario/scenario-schema.ts';
import { SetUpError } from './set-up-error.ts';
import { insertStandingBookings, listStandingBookings } from './grade/standing-bookings.ts';
import type { StandingBooking } from './grade/standing-bookings.ts';

/** The zone of a scenario's calendar unless it names one. */
export const DEFAULT_TIME_ZONE = 'America/New_York';

/** What a rehearsal's calendar offers unless the agent has events of its own. */
const defaultEvent = 'Appointment';

/** The agent that answers a scenario's call. */
export interface Served {
  organizationId: string;
  agentId: string;
  calendar: Agent['calendar'];
  ownConnectionId: string | null;
  standing: StandingBooking[];
}

/**
 * The agent a scenario calls. One that is described, or that gets another calendar, is made anew in an organization of
 * its own: an agent's calendar is a fact of its row, and rehearsals must not fill each other's days.
 *
 * @param drafted answers in place of the scenario's agent, on a calendar and with events as the scenario has them.
 */
export async function findOrMakeAgent(
  db: Database,
  scenario: Scenario,
  drafted?: AgentContent,
): Promise<Served> {
  let agent: Copied;
  if (drafted !== undefined) {
    const { facts: _, ...content } = drafted;
    // Nothing of a rehearsal is kept to be heard.
    agent = { ...content, recording: false };
  } else if (typeof scenario.agent === 'string') {
    const known = await findAgentBySlug(db, scenario.agent);
    if (known === undefined) {
      throw new SetUpError(
        `there is no agent "${scenario.agent}": name one that exists, or describe it in the scenario`,
      );
    }
    if (scenario.calendar === undefined) {
      const { id: agentId, organizationId } = known;
      return {
        organizationId,
        agentId,
        calendar: known.calendar,
        ownConnectionId: null,
        standing: await listStandingBookings(db, organizationId),
      };
    }
    agent = copied(known);
  } else {
    agent = described(scenario.agent);
  }
  const timeZone = scenario.calendar?.timeZone ?? DEFAULT_TIME_ZONE;
  const name = `Rehearsal: ${scenario.name}`;
  const organizationId = await insertOrganization(db, name, { isRehearsal: true });
  const connectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: MADE_UP_CALENDAR,
    name,
    timeZone,
    settings: { seed: scenario.calendar?.seed ?? 7, busy: scenario.calendar?.busy ?? [] },
  });
  const agentId = await insertAgent(db, {
    ...agent,
    organizationId,
    slug: `rehearsal-${randomBytes(6).toString('hex')}`,
  });
  const { language = 'en' } = agent;
  const facts = drafted?.facts ?? [];
  await replaceBusinessFacts(db, { organizationId, agentId }, { facts, language });
  const place = { organizationId, agentId, connectionId, timeZone };
  const events = await insertEvents(db, scenario.agent, place);
  const [event] = events;
  const standing = await insertStandingBookings(
    db,
    { organizationId, calendarConnectionId: connectionId, timeZone, ...event },
    scenario.calendar?.bookings ?? [],
  );
  return {
    organizationId,
    agentId,
    calendar: { provider: MADE_UP_CALENDAR, timeZone, eventType: event.eventType },
    ownConnectionId: connectionId,
    standing,
  };
}

interface InsertedEvent {
  bookingEventId: string;
  eventType: string;
}

/** The first one is that of the appointments that stood before the call. */
async function insertEvents(
  db: Database,
  agent: Scenario['agent'],
  place: Place,
): Promise<[InsertedEvent, ...InsertedEvent[]]> {
  const described = typeof agent === 'string' ? undefined : agent;
  const usual = {
    name: defaultEvent,
    minutes: described?.durationMinutes ?? 30,
    hosts: [],
    busyElsewhere: [],
  };
  const [first = usual, ...others] = described?.events ?? [];
  const inserted: [InsertedEvent, ...InsertedEvent[]] = [await insertEvent(db, first, place)];
  for (const event of others) inserted.push(await insertEvent(db, event, place));
  return inserted;
}

interface Place {
  organizationId: string;
  agentId: string;
  connectionId: string;
  timeZone: string;
}

async function insertEvent(
  db: Database,
  {
    name,
    minutes: durationMinutes,
    hosts,
    busyElsewhere,
  }: NonNullable<InlineAgent['events']>[number],
  { organizationId, agentId, connectionId, timeZone }: Place,
): Promise<InsertedEvent> {
  const eventType = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const connect = (of: string, settings: { seed: number; busy: string[] }) =>
    insertCalendarConnection(db, {
      organizationId,
      provider: MADE_UP_CALENDAR,
      name: of,
      timeZone,
      settings,
    });
  const own = await Promise.all(
    hosts.map(async (host) => ({
      name: host.name,
      calendarConnectionId: await connect(host.name, { seed: host.seed, busy: host.busy }),
      availability: null,
      busyCalendars: [],
    })),
  );
  const bookingEventId = await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId: own[0]?.calendarConnectionId ?? connectionId,
    name,
    eventType,
    durationMinutes,
    hosts: own,
    busyCalendars:
      busyElsewhere.length === 0
        ? []
        : [await connect(`Beside ${name}`, { seed: 7, busy: busyElsewhere })],
  });
  return { bookingEventId, eventType };
}

type Copied = Omit<NewAgent, 'organizationId' | 'slug'>;

function described(agent: InlineAgent): Copied {
  return {
    name: agent.name,
    businessName: agent.business,
    instructions: agent.instructions,
    language: agent.language,
    ...(agent.voice === undefined ? {} : { voice: agent.voice }),
    ...(agent.transferTo === undefined ? {} : { transferTo: agent.transferTo }),
    ...(agent.recording === undefined ? {} : { recording: agent.recording }),
  };
}

function copied(agent: Agent): Copied {
  const { name, businessName, instructions, language, voice, transferTo, recording } = agent;
  return { name, businessName, instructions, language, voice, transferTo, recording };
}
