import { isAgentLanguage } from '../../calls/languages.ts';
import { hostedEvents } from '../../booking/hosted-events.ts';
import { listAgentEvents, listBookingEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
import { notAvailable } from '../../booking/calendars/calendar-trouble.ts';
import { findManagedAgent } from '../agents.ts';
import { findManagedCalendar } from '../calendars.ts';
import type { ManageParts } from '../manage-parts.ts';
import { examineCalendar } from './examine-calendar.ts';
import { examineEvent, skipEvent } from './examine-event.ts';
import { examineModels } from './examine-model.ts';
import { examineConnections } from './examine-connections.ts';
import { examineRecording } from './examine-recording.ts';
import { examineJobs } from './examine-jobs.ts';
import { examineSync } from './examine-sync.ts';
import { examineVisitors } from './examine-visitors.ts';
import { examineWebhook } from './examine-webhook.ts';
import { failed, ok, troubled } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * Walks through everything an agent needs in order to book: models, key, account, time zone, event
 * type, free slots, webhook, sync, jobs, the database's connections, and how visitors come; and where its
 * recordings lie. Nothing is changed.
 * @throws {ManageError} there is no such agent
 */
export async function* examineAgent(
  parts: ManageParts,
  organizationId: string,
  slug: string,
): AsyncGenerator<Finding> {
  const agent = await findManagedAgent(parts.db, organizationId, slug);
  const events = await listAgentEvents(parts.db, { organizationId, agentId: agent.id });
  const step = { part: 'agent', of: slug } as const;
  if (!agent.enabled) {
    yield failed(step, 'it is disabled', 'Enable it', `slotline agents enable ${slug}`);
  }
  if (!isAgentLanguage(agent.language)) {
    yield failed(
      step,
      `its language is ${agent.language}, in which a caller's wishes cannot be read`,
      'Choose another one',
      `slotline agents edit ${slug} --language en`,
    );
  }
  if (events.length === 0) {
    yield troubled(
      step,
      notAvailable('The agent has nothing to book. Connect a calendar and add an event', {
        command: `slotline events add "Appointment" --agent ${slug} --calendar … --event-type …`,
      }),
    );
  } else if (agent.enabled) {
    yield ok(step, `books ${events.map(({ name }) => name).join(', ')}`);
  }
  yield* await examineModels(parts, agent);
  yield* await examineRecording(parts, agent);
  const taken = events.flatMap(hostedEvents);
  for (const id of new Set(taken.map((event) => event.calendarConnectionId))) {
    const connection = await findCalendarConnection(parts.db, { organizationId, id });
    if (connection) {
      const own = taken.filter((event) => event.calendarConnectionId === id);
      yield* examineWith(parts, connection, own);
    }
  }
  yield await examineJobs(parts, organizationId);
  yield* examineConnections(parts);
  yield* examineVisitors(parts);
}

/**
 * Walks through a calendar, by its name or id, and the events that are booked into it. Nothing is
 * changed.
 * @throws {ManageError} there is no such calendar
 */
export async function* examineConnection(
  parts: ManageParts,
  organizationId: string,
  wanted: string,
): AsyncGenerator<Finding> {
  const connection = await findManagedCalendar(parts.db, organizationId, wanted);
  const events = (await listBookingEvents(parts.db, organizationId))
    .flatMap(hostedEvents)
    .filter((event) => event.enabled && event.calendarConnectionId === connection.id);
  yield* examineWith(parts, connection, events);
}

async function* examineWith(
  parts: ManageParts,
  connection: CalendarConnection,
  events: readonly BookingEvent[],
): AsyncGenerator<Finding> {
  const opened = yield* examineCalendar(parts, connection);
  for (const event of events) yield* opened ? await examineEvent(parts, event) : skipEvent(event);
  yield await examineWebhook(parts, connection, opened);
  const sync = await examineSync(parts.db, connection);
  if (sync) yield sync;
}
