import { setTimeout as pause } from 'node:timers/promises';
import { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { calcom } from '../../calendar/calcom/provider.ts';
import { insertAgent } from '../../db/agents.ts';
import { insertBookingEvent, listAgentEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { insertCall } from '../../db/calls/calls.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { createCalcomSimulator } from '../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import { startSlotline } from '../../start/running.ts';
import { slotlineSteps } from '../../start/steps.ts';

const KEY = 'cal_bench';
/** What a caller hears before the first question can be asked. */
const GREETING = 3_000;
/** Between two questions; together longer than an answer counts as fresh. */
const PAUSE = 6_000;
const QUESTIONS = [
  'tomorrow',
  'on Tuesday',
  'next week',
  'Thursday afternoon',
  'the soonest times',
];

export interface AvailabilityFigures {
  /** Milliseconds, one a question. */
  ours: number[];
  direct: number[];
  /** Requests for slots that the provider got. */
  requests: { ours: number; direct: number };
}

/**
 * Asks for free times as callers do, once through the booking desk and once directly at the
 * provider, which takes `delay` milliseconds for each request for slots.
 *
 * @param calls callers at once; each asks five times
 */
export async function measureAvailability(options: {
  calls: number;
  delay: number;
}): Promise<AvailabilityFigures> {
  const slotline = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    steps: (plan) =>
      slotlineSteps(plan).filter(({ name }) => name === 'postgres' || name === 'migrations'),
  });
  const db = openDatabase({ connectionString: slotline.databaseUrl, maxConnections: 20 });
  let requests = 0;
  const simulator = await createCalcomSimulator({
    accounts: [
      {
        username: 'bench',
        name: 'Bench',
        apiKey: KEY,
        timeZone: 'America/New_York',
        eventTypes: [{ slug: 'appointment', title: 'Appointment', lengthInMinutes: 30 }],
      },
    ],
    rateLimit: null,
    onAnswer: ({ operation }) => {
      if (operation === 'slots.list') requests += 1;
    },
  });
  simulator.faults.set({
    operation: 'slots.list',
    kind: 'delay',
    milliseconds: options.delay,
    times: null,
  });
  try {
    const event = await makeEvent(db, simulator.url);
    const callers = Array.from({ length: options.calls }, (_, index) => index);
    const direct = await Promise.all(
      callers.map((index) => askDirectly(openBenchCalendar(simulator.url), index)),
    );
    const directRequests = requests;
    requests = 0;
    const ours = await Promise.all(
      callers.map((index) => askDesk(db, event, openBenchCalendar(simulator.url), index)),
    );
    return {
      ours: ours.flat(),
      direct: direct.flat(),
      requests: { ours: requests, direct: directRequests },
    };
  } finally {
    await simulator.close();
    await db.destroy();
    await slotline.stop();
  }
}

function openBenchCalendar(baseUrl: string): Calendar {
  return calcom.open(
    {
      settings: { baseUrl },
      credential: KEY,
      environment: {},
      // The limit of requests is not what is measured.
      limiter: () => ({ take: () => Promise.resolve(), observe: () => Promise.resolve() }),
    },
    {
      timeZone: 'America/New_York',
      eventType: 'appointment',
      durationMinutes: 30,
      meetingLink: 'provider',
    },
    { bookings: NO_BOOKINGS, now: () => new Date() },
  );
}

const never = (): never => {
  throw new Error('The provider has a place of its own for bookings.');
};
const NO_BOOKINGS = {
  listConfirmed: never,
  listAll: never,
  find: never,
  insert: never,
  move: never,
  cancel: never,
};

async function makeEvent(db: Database, baseUrl: string): Promise<BookingEvent> {
  const organizationId = await insertOrganization(db, 'Bench');
  const agentId = await insertAgent(db, {
    organizationId,
    slug: 'bench',
    name: 'Bench',
    businessName: 'Bench',
  });
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Bench',
    timeZone: 'America/New_York',
    settings: { baseUrl },
  });
  await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Appointment',
    eventType: 'appointment',
  });
  const [event] = await listAgentEvents(db, { organizationId, agentId });
  if (!event) throw new Error('The event was not stored.');
  return event;
}

async function askDesk(
  db: Database,
  event: BookingEvent,
  calendar: Calendar,
  index: number,
): Promise<number[]> {
  const of = { organizationId: event.organizationId, agentId: event.agentId ?? '' };
  const callId = await insertCall(db, {
    ...of,
    roomName: `bench-${index}`,
    line: 'web',
  });
  const desk = new BookingDesk({
    db,
    ...of,
    callId,
    events: [{ event, calendar }],
    timeZone: event.timeZone,
    callerNumber: null,
    now: () => new Date(),
  });
  desk.prefetch();
  const figures = await askAll(index, (when) =>
    desk.findTimes({ when, rangeDays: null, event: null, durationMinutes: null }),
  );
  await desk.release();
  return figures;
}

async function askDirectly(calendar: Calendar, index: number): Promise<number[]> {
  const day = 86_400_000;
  return askAll(index, () => {
    const from = new Date();
    return calendar.listSlots({ from, to: new Date(from.getTime() + 14 * day) });
  });
}

/** Callers are spread over a second: they do not all speak at once. */
async function askAll(
  index: number,
  ask: (question: string) => Promise<unknown>,
): Promise<number[]> {
  await pause(GREETING + ((index * 137) % 1_000));
  const figures: number[] = [];
  for (const question of QUESTIONS) {
    const asked = performance.now();
    await ask(question);
    figures.push(performance.now() - asked);
    await pause(PAUSE);
  }
  return figures;
}
