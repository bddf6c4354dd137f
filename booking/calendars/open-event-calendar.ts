import { CalendarConfigurationError } from '../../calendar/calendar-error.ts';
import { blockedCalendar } from '../../calendar/blocked-calendar.ts';
import type { Blocker } from '../../calendar/blocked-calendar.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { readAvailability } from './read-availability.ts';
import { faultyCalendar } from '../../calendar/faulty-calendar.ts';
import type { CalendarFault } from '../../calendar/faulty-calendar.ts';
import { withPlainAnswers } from '../../calendar/plain-answers.ts';
import { USUAL_AVAILABILITY } from '../../calendar/slots/availability.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../../db/calendars/calendar-connections.ts';
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
  const connection = await findConnected(db, event, calendarConnectionId);
  const { provider, access } = await openConnection(db, connection, options);
  const { timeZone } = connection;
  const availability = readAvailability(event);
  const opened = provider.open(
    access,
    {
      eventType,
      title: event.name,
      durationMinutes,
      meetingLink,
      timeZone,
      availability,
    },
    {
      now: options.now,
      bookings: storedBookings(db, { organizationId, calendarConnectionId, eventType }),
    },
  );
  const blockers = await openBlockers(db, event, options);
  const plain = withPlainAnswers(opened, timeZone);
  const calendar =
    blockers.length === 0
      ? plain
      : blockedCalendar(plain, {
          blockers,
          rules: availability ?? USUAL_AVAILABILITY,
          looksAgain: provider.usesAvailability === true,
        });
  return options.faults?.length ? faultyCalendar(calendar, options.faults) : calendar;
}

/** The calendars that block the event beside its own. */
async function openBlockers(
  db: Database,
  event: BookingEvent,
  options: OpenEventCalendarOptions,
): Promise<Blocker[]> {
  const { organizationId, eventType } = event;
  return Promise.all(
    event.busyCalendars.map(async (id) => {
      const connection = await findConnected(db, event, id);
      const { provider, access } = await openConnection(db, connection, options);
      const { name, timeZone } = connection;
      if (!provider.openBusy) {
        throw new CalendarConfigurationError(
          `The calendar "${name}" cannot block "${event.name}": ${provider.name} does not tell what stands in it. Take it out of its busy calendars`,
          { command: `slotline events edit "${event.name}" --busy-calendars none` },
        );
      }
      const bookings = storedBookings(db, { organizationId, calendarConnectionId: id, eventType });
      const parts = { now: options.now, bookings };
      const busy = provider.openBusy(access, { timeZone }, parts);
      return { name, listBusy: (range, reading) => busy.listBusy(range, reading) };
    }),
  );
}

/** @throws {CalendarConfigurationError} it is gone, or disconnected */
async function findConnected(
  db: Database,
  event: BookingEvent,
  id: string,
): Promise<CalendarConnection> {
  const { organizationId, name } = event;
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection) {
    throw new CalendarConfigurationError(
      `The event "${name}" has no calendar any more. Give it one`,
      { command: `slotline events edit "${name}" --calendar NAME` },
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
  return connection;
}
