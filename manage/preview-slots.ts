import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import type { Slot } from '../calendar/calendar.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import { findManagedEvent } from './events.ts';
import type { ManageParts } from './manage-parts.ts';

const DAY = 86_400_000;

/**
 * What an event would offer from now on, as its calendar is.
 * @throws {ManageError} there is no such event
 * @throws {CalendarTrouble}
 */
export async function previewSlots(
  parts: ManageParts,
  organizationId: string,
  { event: wanted, days }: { event: string; days: number },
): Promise<{ event: BookingEvent; slots: Slot[] }> {
  const event = await findManagedEvent(parts.db, organizationId, wanted);
  try {
    const calendar = await openEventCalendar(parts.db, event, parts);
    const from = parts.now();
    const to = new Date(from.getTime() + days * DAY);
    return { event, slots: await calendar.listSlots({ from, to }, event.durationMinutes) };
  } catch (error) {
    throw toCalendarTrouble(error, event.provider, parts.providers) ?? error;
  }
}
