import { previewOffer } from '../booking/desk/preview-offer.ts';
import type { PreviewedOffer } from '../booking/desk/preview-offer.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { hostedEvents } from '../booking/hosted-events.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { toLanguage } from '../calls/languages.ts';
import type { Agent } from '../db/agents.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { findManagedAgent } from './agents.ts';
import { chooseBusyCalendars } from './busy-calendars.ts';
import { findManagedCalendar } from './calendars.ts';
import { changeAvailability } from './event-availability.ts';
import { EventDraftSchema } from './event-input.ts';
import type { EventInput } from './event-input.ts';
import { findManagedEvent } from './events.ts';
import type { ManageParts } from './manage-parts.ts';
import { parseInput } from './parse-input.ts';
import { chooseDuration, USUAL_DURATION } from './provider-event-type.ts';

export interface EventPreview extends PreviewedOffer {
  /** IANA: in which the labels are. */
  timeZone: string;
  durationMinutes: number;
}

/** Of an event that is not stored. */
const NONE = '00000000-0000-0000-0000-000000000000';

/**
 * What a call would offer now of an event as it is written in a form, whether or not it is stored.
 * Nothing is changed or held.
 *
 * @param input.event the id of one that is stored, for its opening hours
 * @throws {ManageError} {CalendarTrouble}
 */
export async function previewEvent(
  parts: ManageParts,
  organizationId: string,
  { event: id, ...input }: EventInput & { event?: string | undefined },
): Promise<EventPreview> {
  const { db, now, providers } = parts;
  const stored = id === undefined ? null : await findManagedEvent(db, organizationId, id);
  const {
    agent: slug = null,
    calendar: wanted,
    availability: hours,
    ...draft
  } = parseInput(EventDraftSchema, input);
  const agent = slug === null ? null : await findManagedAgent(db, organizationId, slug);
  const connection = await findManagedCalendar(db, organizationId, wanted);
  const present = stored?.calendarConnectionId === connection.id ? stored.availability : null;
  const changed = changeAvailability(parts, connection, { present, change: hours });
  const availability = changed === undefined ? present : changed;
  const named = draft.busyCalendars ?? stored?.busyCalendars ?? [];
  const busyCalendars = await chooseBusyCalendars(parts, connection, named);
  const event = toEvent({ connection, agent, draft, stored, availability, busyCalendars });
  try {
    const taken = hostedEvents(event);
    const calendars = await Promise.all(taken.map((each) => openEventCalendar(db, each, parts)));
    const [first] = calendars;
    if (!first) throw new TypeError('Nobody takes the event.');
    const { durations, durationMinutes } = await first.describe();
    const chosen = chooseDuration(
      { asked: draft.durationMinutes, usual: durationMinutes, durations },
      { slug: event.eventType, provider: connection.provider, providers },
    );
    const language = toLanguage(agent?.language ?? 'en');
    const of = taken.flatMap((each, index) => {
      const calendar = calendars[index];
      return calendar ? [{ event: { ...each, durationMinutes: chosen }, calendar }] : [];
    });
    const offer = await previewOffer(of, { db, now, language });
    return { ...offer, timeZone: event.timeZone, durationMinutes: chosen };
  } catch (error) {
    throw toCalendarTrouble(error, connection.provider, providers) ?? error;
  }
}

type Draft = Partial<Omit<BookingEvent, 'timeZone' | 'busyCalendars' | 'hosts'>> &
  Pick<BookingEvent, 'eventType'> & { timeZone?: string | null };

function toEvent({
  connection,
  agent,
  draft,
  stored,
  availability,
  busyCalendars,
}: {
  connection: CalendarConnection;
  agent: Agent | null;
  draft: Draft;
  stored: BookingEvent | null;
  availability: BookingEvent['availability'];
  busyCalendars: readonly string[];
}): BookingEvent {
  return {
    id: stored?.id ?? NONE,
    organizationId: connection.organizationId,
    agentId: agent?.id ?? null,
    calendarConnectionId: connection.id,
    provider: connection.provider,
    name: draft.eventType,
    durationMinutes: USUAL_DURATION,
    enabled: true,
    organizerEmail: null,
    meetingLink: 'provider',
    initialBookingDate: null,
    offeringDays: null,
    slotsPerDay: null,
    hoursBetweenSlots: null,
    preparation: null,
    availability,
    ...draft,
    busyCalendars,
    hosts: stored?.calendarConnectionId === connection.id ? stored.hosts : [],
    timeZone: draft.timeZone ?? connection.timeZone,
    ownTimeZone: draft.timeZone ?? null,
  };
}
