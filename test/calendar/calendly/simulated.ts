import { memoryBudget } from '../../../calendar/booking-budget.ts';
import { CalendlyCalendar } from '../../../calendar/calendly/calendly-calendar.ts';
import type { CalendlyCalendarOptions } from '../../../calendar/calendly/calendly-calendar.ts';
import { lasting } from '../../../calendar/calendly/open-client.ts';
import { CalendlyClient } from '../../../calendar/calendly/client.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import type { BookRequest, Slot } from '../../../calendar/calendar.ts';
import { TOKEN } from '../../rehearsal/simulators/calendly/start-calendly.ts';

type Simulated = { url: string; clock: { now(): number } };

export function clientOf(
  simulator: Pick<Simulated, 'url'>,
  options: { token?: string; fetch?: typeof fetch } = {},
): CalendlyClient {
  return new CalendlyClient({
    baseUrl: simulator.url,
    tokens: lasting(options.token ?? TOKEN),
    limiter: memoryLimiter({ limit: 1_000_000, window: 60_000 }),
    fetch: options.fetch,
  });
}

/** A calendar on a simulator, on its clock, that may book as often as it likes. */
export function calendarOf(
  simulator: Simulated,
  options: Partial<CalendlyCalendarOptions> = {},
): CalendlyCalendar {
  const now = () => new Date(simulator.clock.now());
  return new CalendlyCalendar({
    client: clientOf(simulator),
    budget: memoryBudget([{ limit: 1_000_000, window: 60_000 }]),
    eventType: 'appointment',
    timeZone: 'America/New_York',
    meetingLink: 'provider',
    now,
    ...options,
  });
}

/** The free times of the next two weeks. */
export function freeOf(simulator: Simulated, calendar: CalendlyCalendar): Promise<Slot[]> {
  const from = new Date(simulator.clock.now());
  return calendar.listSlots({ from, to: new Date(from.getTime() + 14 * 86_400_000) });
}

export function wish(slot: Slot | undefined, change: Partial<BookRequest> = {}): BookRequest {
  if (!slot) throw new Error('The calendar has too few free times.');
  return {
    slot,
    key: crypto.randomUUID(),
    notes: null,
    answers: {},
    ...change,
    attendee: {
      name: 'Mary Smith',
      email: `mary.${crypto.randomUUID().slice(0, 8)}@example.com`,
      phone: null,
      timeZone: 'America/New_York',
      ...change.attendee,
    },
  };
}
