import { CalendarConfigurationError } from '../../calendar/calendar-error.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { readAvailability } from './read-availability.ts';
import { faultyCalendar } from '../../calendar/faulty-calendar.ts';
import type { CalendarFault } from '../../calendar/faulty-calendar.ts';
import { withPlainAnswers } from '../../calendar/plain-answers.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import { storedBookings } from './stored-bookings.ts';
import { openConnection } from './open-connection.ts';
import type { OpenConnectionOptions } from './open-connection.ts';

export interface OpenEventCalendarOptions extends OpenConnectionOptions {
  now: () => Date;
  /** What a rehearsal asks for. */
  faults?: readonly CalendarFault[];
}

/**
 * Opens the calendar of a booking event; nothing is asked of the provider yet.
 * @throws {CalendarConfigurationError} {CalendarSetupError} for the operator
 */
export async function openEventCalendar(
  db: Database,
  event: BookingEvent,
  options: OpenEventCalendarOptions,
): Promise<Calendar> {
  const { organizationId, calendarConnectionId, eventType, durationMinutes, meetingLink } = event;
  const connection = await findCalendarConnection(db, { organizationId, id: calendarConnectionId });
  if (!connection) {
    throw new CalendarConfigurationError(
      `The event "${event.name}" has no calendar any more. Give it one`,
      { command: `slotline events edit "${event.name}" --calendar NAME` },
    );
  }
  if (connection.disconnectedAt) {
    throw new CalendarConfigurationError(
      `The calendar "${connection.name}" is disconnected. Connect it again`,
      {
        command: `slotline calendars connect "${connection.name}" --provider ${connection.provider}`,
      },
    );
  }
  const { provider, access } = await openConnection(db, connection, options);
  const { timeZone } = connection;
  const opened = provider.open(
    access,
    {
      eventType,
      title: event.name,
      durationMinutes,
      meetingLink,
      timeZone,
      availability: readAvailability(event),
    },
    {
      now: options.now,
      bookings: storedBookings(db, { organizationId, calendarConnectionId, eventType }),
    },
  );
  const calendar = withPlainAnswers(opened, timeZone);
  return options.faults?.length ? faultyCalendar(calendar, options.faults) : calendar;
}
