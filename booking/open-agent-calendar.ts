import type { Calendar } from '../calendar/calendar.ts';
import { faultyCalendar } from '../calendar/faulty-calendar.ts';
import type { CalendarFault } from '../calendar/faulty-calendar.ts';
import { CalendarConfigurationError, openCalendar } from '../calendar/open-calendar.ts';
import type { Agent } from '../db/agents.ts';
import { findCalendarConnection } from '../db/calendar-connections.ts';
import type { Database } from '../db/database.ts';
import { fakeBookingStore } from './fake-booking-store.ts';

/**
 * Opens the calendar of an agent by its connection.
 * @throws {CalendarConfigurationError} for the operator
 */
export async function openAgentCalendar(
  db: Database,
  agent: Pick<Agent, 'organizationId' | 'calendar' | 'eventType' | 'durationMinutes'>,
  options: { now: () => Date; faults?: readonly CalendarFault[] },
): Promise<Calendar> {
  const connection =
    agent.calendar &&
    (await findCalendarConnection(db, {
      organizationId: agent.organizationId,
      id: agent.calendar.connectionId,
    }));
  if (!connection) throw new CalendarConfigurationError('The agent has no calendar connection.');
  const calendar = openCalendar(
    {
      provider: connection.provider,
      timeZone: connection.timeZone,
      durationMinutes: agent.durationMinutes,
      settings: connection.settings,
    },
    {
      now: options.now,
      fakeBookings: fakeBookingStore(db, {
        organizationId: agent.organizationId,
        calendarConnectionId: connection.id,
        eventType: agent.eventType,
      }),
    },
  );
  return options.faults?.length ? faultyCalendar(calendar, options.faults) : calendar;
}
