import { CalendarUnreachableError } from '../calendar-error.ts';
import type { BusyCalendar } from '../provider.ts';
import type { BusyTime } from '../slots/free-slots.ts';
import { readAccount } from './account.ts';
import type { CalendlyEvent } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { listEvents } from './read-records.ts';

/** Milliseconds; no meeting is longer. */
const LONGEST = 24 * 3_600_000;

/**
 * The meetings of the account, those for groups among them, for events that are booked into another
 * calendar. What stands in the calendars that the account itself reads is not told.
 */
export function openBusyTimes(client: CalendlyClient): BusyCalendar {
  let user: string | null = null;
  return {
    async listBusy({ from, to }, reading = {}) {
      user ??= (await readAccount(client, reading)).uri;
      const filter = {
        user,
        status: 'active',
        min_start_time: new Date(from.getTime() - LONGEST).toISOString(),
        max_start_time: to.toISOString(),
      } as const;
      const events = await listEvents(client, filter, reading);
      return events.filter(({ status }) => status === 'active').map(toBusyTime);
    },
  };
}

function toBusyTime({ start_time: start, end_time: end }: CalendlyEvent): BusyTime {
  if (start < end) return { start, end, allDay: false, shows: 'busy' };
  throw new CalendarUnreachableError('A meeting of Calendly ends before it begins.');
}
