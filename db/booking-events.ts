import { sql } from 'kysely';
import { NOW } from './clock.ts';
import { BUSY_CALENDARS_OF_ROW, replaceBusyCalendars } from './busy-calendars.ts';
import type { Database } from './database.ts';
import { HOSTS_OF_ROW, replaceEventHosts } from './event-hosts.ts';
import type { EventHost, NewEventHost } from './event-hosts.ts';
import { UNSETTLED } from './intents/intents.ts';
import type { MeetingLink } from './values.ts';

export interface NewBookingEvent {
  organizationId: string;
  /** Null: every agent of the organization books it. */
  agentId: string | null;
  calendarConnectionId: string;
  name: string;
  /** The provider's slug. */
  eventType: string;
  durationMinutes?: number;
  enabled?: boolean;
  organizerEmail?: string | null;
  meetingLink?: MeetingLink;
  /** IANA; null: the calendar's. */
  timeZone?: string | null;
  /** "2026-11-24". */
  initialBookingDate?: string | null;
  offeringDays?: number | null;
  slotsPerDay?: number | null;
  hoursBetweenSlots?: number | null;
  /** When it can be booked in a calendar that knows no opening hours; null: at the usual hours. */
  availability?: Record<string, unknown> | null;
  /** What its attendee has to know or to bring. */
  preparation?: string | null;
  /** The ids of other calendars in which nothing may stand at its time. */
  busyCalendars?: readonly string[];
  /** Who takes it, each in a calendar of their own; none: it is booked into its own. */
  hosts?: readonly NewEventHost[];
}

/** What an agent may book, with what is public of its calendar; the credential is not among it. */
export interface BookingEvent {
  id: string;
  organizationId: string;
  agentId: string | null;
  calendarConnectionId: string;
  provider: string;
  /** IANA: the calendar's, or the event's own where it has one. */
  timeZone: string;
  /** IANA; null: it has none of its own. */
  ownTimeZone: string | null;
  name: string;
  eventType: string;
  durationMinutes: number;
  enabled: boolean;
  organizerEmail: string | null;
  meetingLink: MeetingLink;
  initialBookingDate: string | null;
  offeringDays: number | null;
  slotsPerDay: number | null;
  hoursBetweenSlots: number | null;
  availability: Record<string, unknown> | null;
  /** What its attendee has to know or to bring. */
  preparation: string | null;
  /** The ids of other calendars in which nothing may stand at its time. */
  busyCalendars: readonly string[];
  /** Who takes it, each in a calendar of their own; none: it is booked into its own. */
  hosts: readonly EventHost[];
  /** Of an event as one of its hosts takes it: their name. */
  host?: string;
}

/** Stores an event and answers its id. */
export async function insertBookingEvent(db: Database, event: NewBookingEvent): Promise<string> {
  const { organizationId, busyCalendars = [], hosts = [] } = event;
  const { id } = await db
    .insertInto('bookingEvents')
    .values(written(event))
    .returning('id')
    .executeTakeFirstOrThrow();
  await replaceBusyCalendars(db, { organizationId, id }, busyCalendars);
  await replaceEventHosts(db, { organizationId, id }, hosts);
  return id;
}

/** The events an agent may book, enabled ones only: its own first, then those of any agent. */
export async function listAgentEvents(
  db: Database,
  key: { organizationId: string; agentId: string },
): Promise<BookingEvent[]> {
  return eventRows(db, key.organizationId)
    .where((where) =>
      where.or([
        where('bookingEvents.agentId', 'is', null),
        where('bookingEvents.agentId', '=', key.agentId),
      ]),
    )
    .where('bookingEvents.enabled', '=', true)
    .orderBy('bookingEvents.agentId', (order) => order.asc().nullsLast())
    .orderBy('bookingEvents.createdAt')
    .execute();
}

/**
 * All events of an organization, disabled ones too.
 * @param options.removed those that were removed as well, by which what was booked is known
 */
export async function listBookingEvents(
  db: Database,
  organizationId: string,
  { removed = false }: { removed?: boolean } = {},
): Promise<BookingEvent[]> {
  const rows = eventRows(db, organizationId).orderBy('bookingEvents.createdAt');
  return (removed ? rows : rows.where('bookingEvents.removedAt', 'is', null)).execute();
}

/** The same in parts, in the order they were made, from behind the one of an id on. */
export async function listEventPage(
  db: Database,
  page: {
    organizationId: string;
    /** Those that this agent books; null: all. */
    agentId: string | null;
    after: string | null;
    limit: number;
  },
): Promise<BookingEvent[]> {
  const { organizationId, agentId, after, limit } = page;
  let rows = eventRows(db, organizationId)
    .where('bookingEvents.removedAt', 'is', null)
    .orderBy('bookingEvents.createdAt')
    .orderBy('bookingEvents.id')
    .limit(limit);
  if (agentId !== null) {
    rows = rows.where((where) =>
      where.or([
        where('bookingEvents.agentId', 'is', null),
        where('bookingEvents.agentId', '=', agentId),
      ]),
    );
  }
  if (after === null) return rows.execute();
  return rows
    .where(
      sql<boolean>`(booking_events.created_at, booking_events.id) > (
        select last.created_at, last.id from booking_events as last
        where last.id = ${after} and last.organization_id = ${organizationId})`,
    )
    .execute();
}

/** Keeps an event, where there is one, from being changed elsewhere until the end of the transaction. */
export async function lockBookingEvent(
  transaction: Database,
  key: { organizationId: string; id: string },
): Promise<void> {
  await transaction
    .selectFrom('bookingEvents')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .forUpdate()
    .execute();
}

/** What was booked with an event, or is asked of its calendar. */
export interface EventUses {
  /** Appointments that are still to come. */
  upcoming: number;
  /** Those that are over, or will not be. */
  past: number;
  /** Bookings, moves and cancellations whose outcome nobody knows yet. */
  open: number;
}

export async function countEventUses(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<EventUses> {
  const { rows } = await sql<Record<keyof EventUses, string>>`
    select
      count(*) filter (where end_at > slotline_now() and status in ('confirmed', 'pending'))
        as upcoming,
      count(*) filter (where end_at <= slotline_now() or status in ('cancelled', 'rejected'))
        as past,
      (
        select count(*) from booking_intents as intent
        where intent.organization_id = ${organizationId} and intent.booking_event_id = ${id}
          and intent.state in (${sql.join(UNSETTLED)})
      ) as open
    from appointments
    where organization_id = ${organizationId} and booking_event_id = ${id}`.execute(db);
  const [row] = rows;
  return {
    upcoming: Number(row?.upcoming ?? 0),
    past: Number(row?.past ?? 0),
    open: Number(row?.open ?? 0),
  };
}

/** Takes an event out of everything that is offered and listed; what was booked with it keeps it. */
export async function removeBookingEvent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<void> {
  await db
    .updateTable('bookingEvents')
    .set({ enabled: false, removedAt: NOW, updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** An event of the organization, also one that is removed; undefined where there is none. */
export async function findBookingEvent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<BookingEvent | undefined> {
  return eventRows(db, key.organizationId)
    .where('bookingEvents.id', '=', key.id)
    .executeTakeFirst();
}

/** Changes what is given. */
export async function updateBookingEvent(
  db: Database,
  key: { organizationId: string; id: string },
  change: Partial<Omit<NewBookingEvent, 'organizationId'>>,
): Promise<void> {
  await db
    .updateTable('bookingEvents')
    .set({ ...written(change), updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
  if (change.busyCalendars) await replaceBusyCalendars(db, key, change.busyCalendars);
  if (change.hosts) await replaceEventHosts(db, key, change.hosts);
}

function written<Event extends Pick<NewBookingEvent, 'availability' | 'busyCalendars' | 'hosts'>>(
  event: Event,
) {
  const { availability, busyCalendars: _busy, hosts: _hosts, ...rest } = event;
  if (availability === undefined) return rest;
  return { ...rest, availability: availability && JSON.stringify(availability) };
}

function eventRows(db: Database, organizationId: string) {
  return db
    .selectFrom('bookingEvents')
    .innerJoin('calendarConnections as connection', (join) =>
      join
        .onRef('connection.id', '=', 'bookingEvents.calendarConnectionId')
        .onRef('connection.organizationId', '=', 'bookingEvents.organizationId'),
    )
    .select((select) => [
      'bookingEvents.id',
      'bookingEvents.organizationId',
      'bookingEvents.agentId',
      'bookingEvents.calendarConnectionId',
      'connection.provider',
      select.fn.coalesce('bookingEvents.timeZone', 'connection.timeZone').as('timeZone'),
      'bookingEvents.timeZone as ownTimeZone',
      'bookingEvents.name',
      'bookingEvents.eventType',
      'bookingEvents.durationMinutes',
      'bookingEvents.enabled',
      'bookingEvents.organizerEmail',
      'bookingEvents.meetingLink',
      // As text: the driver would make an instant of a date.
      sql<string | null>`to_char(booking_events.initial_booking_date, 'YYYY-MM-DD')`.as(
        'initialBookingDate',
      ),
      'bookingEvents.offeringDays',
      'bookingEvents.slotsPerDay',
      'bookingEvents.hoursBetweenSlots',
      'bookingEvents.availability',
      'bookingEvents.preparation',
      BUSY_CALENDARS_OF_ROW.as('busyCalendars'),
      HOSTS_OF_ROW.as('hosts'),
    ])
    .where('bookingEvents.organizationId', '=', organizationId);
}
