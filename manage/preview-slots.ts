import { hostedEvents } from '../booking/hosted-events.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import type { Slot } from '../calendar/calendar.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import { findManagedEvent } from './events.ts';
import type { ManageParts } from './manage-parts.ts';

const DAY = 86_400_000;

/**
 * What an event would offer from now on, with any of its hosts, as the calendars are.
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
    const from = parts.now();
    const range = { from, to: new Date(from.getTime() + days * DAY) };
    const lists = await Promise.all(
      hostedEvents(event).map(async (each) => {
        const calendar = await openEventCalendar(parts.db, each, parts);
        return calendar.listSlots(range, each.durationMinutes);
      }),
    );
    const byStart = new Map(lists.flat().map((slot) => [slot.start.getTime(), slot]));
    const slots = [...byStart.values()].toSorted((a, b) => a.start.getTime() - b.start.getTime());
    return { event, slots };
  } catch (error) {
    throw toCalendarTrouble(error, event.provider, parts.providers) ?? error;
  }
}
