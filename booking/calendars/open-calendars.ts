import type { CalendarTrouble } from './calendar-trouble.ts';
import { toCalendarTrouble } from './calendar-trouble.ts';
import { openEventCalendar } from './open-event-calendar.ts';
import type { OpenEventCalendarOptions } from './open-event-calendar.ts';
import { hostedEvents } from '../hosted-events.ts';
import { personalizeEvent } from './personalize-event.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import type { CallMetadata } from '../../calls/call-metadata.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';

/** What the agent books in a call. */
export interface OpenedCalendars {
  events: { event: BookingEvent; calendar: Calendar }[];
  failures: { err: unknown; trouble: CalendarTrouble | null }[];
  /** IANA: of what is booked first; null where there is nothing to book. */
  timeZone: string | null;
  /** False where the dispatch names a calendar that the agent does not have. */
  isAsDispatched: boolean;
}

/**
 * Opens the calendars of all that the agent may book; nothing is asked of a provider yet. The one
 * that the dispatch names comes first. What it names is older than the agent's rows, which decide: an
 * operator may have changed them since the visitor's token was signed.
 *
 * @param dispatched undefined on a line whose dispatch names no calendar
 */
export async function openCalendars(
  db: Database,
  agent: { organizationId: string; agentId: string },
  dispatched: CallMetadata['calendar'] | undefined,
  options: OpenEventCalendarOptions & { variables: Readonly<Record<string, string>> },
): Promise<OpenedCalendars> {
  const stored = await listAgentEvents(db, agent);
  const named = dispatched ? stored.find((event) => isOf(event, dispatched)) : undefined;
  const inOrder = named ? [named, ...stored.filter((event) => event !== named)] : stored;
  const wanted = inOrder
    .flatMap(hostedEvents)
    .map((event) => personalizeEvent(event, options.variables));
  const opened = await Promise.allSettled(
    wanted.map(async (event) => ({ event, calendar: await openEventCalendar(db, event, options) })),
  );
  return {
    events: opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    failures: opened.flatMap((one, index) => {
      if (one.status === 'fulfilled') return [];
      const err: unknown = one.reason;
      return [
        { err, trouble: toCalendarTrouble(err, wanted[index]?.provider ?? '', options.providers) },
      ];
    }),
    timeZone: inOrder[0]?.timeZone ?? null,
    isAsDispatched: !dispatched || named !== undefined,
  };
}

function isOf(event: BookingEvent, calendar: NonNullable<CallMetadata['calendar']>): boolean {
  const { provider, eventType, timeZone } = calendar;
  return (
    event.provider === provider && event.eventType === eventType && event.timeZone === timeZone
  );
}
