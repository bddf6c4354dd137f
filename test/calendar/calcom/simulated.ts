import { CalcomCalendar } from '../../../calendar/calcom/calcom-calendar.ts';
import type { CalcomCalendarOptions } from '../../../calendar/calcom/calcom-calendar.ts';
import { CalcomClient } from '../../../calendar/calcom/client.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import type { AccountSeed } from '../../../rehearsal/simulators/calcom/seed.ts';
import { API_KEY } from '../../rehearsal/simulators/calcom/start-calcom.ts';

/** A limiter that never stands in the way. */
export function openLimiter() {
  return memoryLimiter({ limit: 1_000_000, window: 60_000 });
}

export function clientOf(
  simulator: { url: string },
  options: { apiKey?: string; fetch?: typeof fetch } = {},
): CalcomClient {
  return new CalcomClient({
    baseUrl: simulator.url,
    apiKey: options.apiKey ?? API_KEY,
    limiter: openLimiter(),
    fetch: options.fetch,
  });
}

/** A calendar on a simulator, on its clock. */
export function calendarOf(
  simulator: { url: string; clock: { now(): number } },
  options: Partial<Omit<CalcomCalendarOptions, 'eventType'>> & { eventType?: string } = {},
): CalcomCalendar {
  const { eventType = 'appointment', ...others } = options;
  return new CalcomCalendar({
    client: clientOf(simulator),
    durationMinutes: 30,
    timeZone: 'America/New_York',
    meetingLink: 'provider',
    now: () => new Date(simulator.clock.now()),
    eventType: { slug: eventType },
    ...others,
  });
}

/** One event type of each kind that is booked differently. */
export const FRONT_DESK: AccountSeed = {
  username: 'front-desk',
  name: 'Front Desk',
  apiKey: API_KEY,
  eventTypes: [
    {
      slug: 'appointment',
      lengthInMinutes: 30,
      bookingWindow: { type: 'calendarDays', value: 90 },
    },
    { slug: 'phone-only', lengthInMinutes: 30, emailRequired: false },
    {
      slug: 'asking',
      lengthInMinutes: 30,
      bookingFields: [{ type: 'text', slug: 'reason', label: 'Reason', required: true }],
    },
    {
      slug: 'awaiting',
      lengthInMinutes: 30,
      confirmationPolicy: { type: 'always', blockUnconfirmedBookingsInBooker: true },
    },
    {
      slug: 'no-address',
      lengthInMinutes: 30,
      bookingFields: [{ slug: 'email', required: false, hidden: true }],
    },
    { slug: 'lengths', lengthInMinutes: 30, lengthInMinutesOptions: [15, 30, 60] },
    {
      slug: 'weekly',
      lengthInMinutes: 30,
      recurrence: { interval: 1, occurrences: 4, frequency: 'weekly' },
    },
  ],
};
