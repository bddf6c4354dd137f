import { DateTime } from 'luxon';
import { AvailabilitySchema } from '../../calendar/slots/availability.ts';
import { findBookingEvent } from '../../db/booking-events.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import type { ClaimRule } from '../../db/intents/claim-rule.ts';
import type { Intent } from '../../db/intents/intents.ts';
import { bookedIn } from '../hosted-events.ts';

const MINUTE = 60_000;

/**
 * What an intent's event keeps beside its time, where the calendar itself knows no such rules; null
 * where there are none. Hours that cannot be read have none: such an event's calendar is not opened.
 */
export async function readClaimRule(db: Database, intent: Intent): Promise<ClaimRule | null> {
  const { organizationId, bookingEventId, calendarConnectionId, startAt, kind } = intent;
  if (bookingEventId === null || kind === 'cancel') return null;
  const found = await findBookingEvent(db, { organizationId, id: bookingEventId });
  const event = found && bookedIn(found, intent);
  const { data: availability } = AvailabilitySchema.safeParse(event?.availability);
  if (!event || !availability) return null;
  const { bufferBefore, bufferAfter, dailyMaximum } = availability;
  if (dailyMaximum === null && bufferBefore === 0 && bufferAfter === 0) return null;
  const id = calendarConnectionId;
  const connection = await findCalendarConnection(db, { organizationId, id });
  // Hours are those of the calendar's zone, and so are the dates that are counted.
  const zone = connection?.timeZone ?? event.timeZone;
  const day = DateTime.fromJSDate(startAt, { zone }).startOf('day');
  return {
    before: bufferBefore * MINUTE,
    after: bufferAfter * MINUTE,
    dailyMaximum,
    date: { from: day.toJSDate(), to: day.plus({ days: 1 }).startOf('day').toJSDate() },
  };
}
