import type { Calendar } from '../../calendar/calendar.ts';
import { faultyCalendar } from '../../calendar/faulty-calendar.ts';
import type { CalendarFault } from '../../calendar/faulty-calendar.ts';
import { CalendarConfigurationError, openCalendar } from '../../calendar/open-calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection, readCredential } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import { credentialLimiter } from './credential-limiter.ts';
import { fakeBookingStore } from './fake-booking-store.ts';

export interface OpenEventCalendarOptions {
  /** Opens the connection's credential. */
  masterKey: Buffer;
  now: () => Date;
  /** Of Cal.com connections that name no instance of their own; Cal.com itself by default. */
  calcomBaseUrl?: string | undefined;
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
  const key = { organizationId: event.organizationId, id: event.calendarConnectionId };
  const connection = await findCalendarConnection(db, key);
  if (!connection) throw new CalendarConfigurationError('The event has no calendar connection.');
  if (connection.disconnectedAt) {
    throw new CalendarConfigurationError('The calendar is disconnected: connect it again.');
  }
  const calendar = openCalendar(
    {
      provider: connection.provider,
      timeZone: connection.timeZone,
      eventType: event.eventType,
      durationMinutes: event.durationMinutes,
      meetingLink: event.meetingLink,
      settings: connection.settings,
      credential:
        connection.provider === 'fake' ? null : await readCredential(db, key, options.masterKey),
    },
    {
      now: options.now,
      limiter: credentialLimiter(db, { calendarConnectionId: connection.id }),
      calcomBaseUrl: options.calcomBaseUrl,
      fakeBookings: fakeBookingStore(db, {
        organizationId: event.organizationId,
        calendarConnectionId: connection.id,
        eventType: event.eventType,
      }),
    },
  );
  return options.faults?.length ? faultyCalendar(calendar, options.faults) : calendar;
}
