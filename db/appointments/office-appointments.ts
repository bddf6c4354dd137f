import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { isIn, MAYBE_SENT } from '../intents/intents.ts';
import { isOfPerson } from '../is-of-person.ts';
import type { AppointmentStatus, IntentKind, Requester } from '../values.ts';

/**
 * `requested`: its owner has yet to accept it. `unconfirmed`: of the booking, or of its newest change,
 * nobody knows yet how it ended.
 */
export type OfficeState = 'requested' | 'confirmed' | 'unconfirmed' | 'cancelled';

/** An appointment as the office sees it, or a booking that may become one. */
export interface OfficeAppointment {
  /** Of a booking whose outcome is not known, its intent's. */
  id: string;
  organizationId: string;
  state: OfficeState;
  /** The provider's own word; null of a booking whose outcome is not known. */
  status: AppointmentStatus | null;
  /** What is not settled; null where everything is. */
  openIntentId: string | null;
  openKind: IntentKind | null;
  /** The reconciler gave up: only a person can settle it. */
  needsPerson: boolean;
  /** Where it is to be moved to, while nobody knows whether it was. */
  wishedStartAt: Date | null;
  startAt: Date;
  endAt: Date;
  calendarConnectionId: string;
  calendarName: string;
  /** With whom, where its event has hosts. */
  hostName: string | null;
  bookingEventId: string | null;
  eventName: string | null;
  eventType: string;
  agentSlug: string | null;
  agentName: string | null;
  /** The call that booked it. */
  callId: string | null;
  /** Who booked it by hand. */
  bookedBy: Requester | null;
  source: 'slotline' | 'provider';
  attendeeName: string;
  attendeeEmail: string | null;
  attendeePhone: string | null;
  /** IANA: the attendee's. */
  timeZone: string;
  notes: string | null;
  location: string | null;
  cancellationReason: string | null;
  createdAt: Date;
}

/** Where a part of a list goes on: behind the item that began then. */
export interface StartKey {
  startAt: Date;
  id: string;
}

export interface OfficeAppointmentFilter {
  organizationId: string;
  /** Starts at this instant or later. */
  from: Date | null;
  /** Starts before this instant. */
  to: Date | null;
  states: readonly OfficeState[] | null;
  agentSlug: string | null;
  calendarConnectionId: string | null;
  /** A part of a name, an address or a number. */
  person: string | null;
  order: 'asc' | 'desc';
  after: StartKey | null;
  limit: number;
}

const PERSON = { name: 'attendee_name', email: 'attendee_email', phone: 'attendee_phone' };

/** In the order of their starts, forwards or backwards. */
export async function listOfficeAppointments(
  db: Database,
  filter: OfficeAppointmentFilter,
): Promise<OfficeAppointment[]> {
  const { organizationId, from, to, states, agentSlug, calendarConnectionId, person } = filter;
  const { after, limit } = filter;
  const conditions = [sql`true`];
  if (from) conditions.push(sql`start_at >= ${from}`);
  if (to) conditions.push(sql`start_at < ${to}`);
  if (states) conditions.push(sql`state = any(${[...states]}::text[])`);
  if (agentSlug !== null) conditions.push(sql`agent_slug = ${agentSlug}`);
  if (calendarConnectionId !== null) {
    conditions.push(sql`calendar_connection_id = ${calendarConnectionId}`);
  }
  if (person !== null) conditions.push(isOfPerson(person, PERSON));
  const isUp = filter.order === 'asc';
  if (after) {
    const behind = isUp ? sql`>` : sql`<`;
    conditions.push(sql`(start_at, id) ${behind} (${after.startAt}, ${after.id}::uuid)`);
  }
  const order = isUp ? sql`start_at, id` : sql`start_at desc, id desc`;
  // Each for itself: of both together PostgreSQL reads all, and not the first few by an index.
  const first = (rows: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
    select * from (${rows}) as one where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${limit})`;
  const { rows } = await sql<OfficeAppointment>`
    select * from (
      ${first(appointmentRows(organizationId))} union all ${first(bookingRows(organizationId))}
    ) as one
    order by ${order} limit ${limit}`.execute(db);
  return rows;
}

/** One of them; also by the intent that booked it, which names it until it is known to be there. */
export async function findOfficeAppointment(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<OfficeAppointment | undefined> {
  const { rows } = await sql<OfficeAppointment>`
    select * from (
      ${appointmentRows(organizationId)} union all ${bookingRows(organizationId)}) as one
    where id = coalesce(
      (select appointments.id from appointments
        where organization_id = ${organizationId} and intent_id = ${id}
          and not exists (select from appointments as own where own.id = ${id}) limit 1), ${id})`.execute(
    db,
  );
  return rows[0];
}

function appointmentRows(organizationId: string): RawBuilder<unknown> {
  const isOpen = isIn(MAYBE_SENT);
  return sql`
    select appointment.id, appointment.organization_id,
      case when open.id is not null then 'unconfirmed'
        when appointment.status in ('cancelled', 'rejected') then 'cancelled'
        when appointment.status = 'pending' then 'requested'
        else 'confirmed' end as state,
      appointment.status, open.id as open_intent_id, open.kind as open_kind,
      coalesce(open.state = 'attention', false) as needs_person,
      case when open.kind = 'reschedule' then open.start_at end as wished_start_at,
      appointment.start_at, appointment.end_at, appointment.calendar_connection_id,
      connection.name as calendar_name, host.name as host_name, appointment.booking_event_id,
      event.name as event_name,
      appointment.event_type, agents.slug as agent_slug, agents.name as agent_name,
      appointment.call_id, intent.requested_by as booked_by, appointment.source,
      appointment.attendee_name, appointment.attendee_email, appointment.attendee_phone,
      appointment.time_zone, appointment.notes, appointment.location,
      appointment.cancellation_reason, appointment.created_at
    from appointments as appointment
    join calendar_connections as connection on connection.id = appointment.calendar_connection_id
    left join agents on agents.id = appointment.agent_id
    left join booking_events as event on event.id = appointment.booking_event_id
    left join event_hosts as host on host.booking_event_id = appointment.booking_event_id
      and host.calendar_connection_id = appointment.calendar_connection_id
    left join booking_intents as intent on intent.id = appointment.intent_id
      and intent.kind = 'book'
    left join lateral (
      select id, kind, state, start_at from booking_intents
      where appointment_id = appointment.id and ${isOpen}
      order by created_at desc limit 1
    ) as open on true
    where appointment.organization_id = ${organizationId}`;
}

/** Bookings that may have become appointments, in the same columns. */
function bookingRows(organizationId: string): RawBuilder<unknown> {
  const isOpen = isIn(MAYBE_SENT);
  return sql`
    select intent.id, intent.organization_id, 'unconfirmed'::text as state,
      null::text as status, intent.id as open_intent_id, intent.kind as open_kind,
      intent.state = 'attention' as needs_person, null::timestamptz as wished_start_at,
      intent.start_at, intent.end_at, intent.calendar_connection_id,
      connection.name as calendar_name, host.name as host_name, intent.booking_event_id, event.name as event_name,
      intent.event_type, agents.slug as agent_slug, agents.name as agent_name,
      intent.call_id, intent.requested_by as booked_by, 'slotline'::text as source,
      intent.attendee ->> 'name' as attendee_name, intent.attendee ->> 'email' as attendee_email,
      intent.attendee ->> 'phone' as attendee_phone, intent.attendee ->> 'timeZone' as time_zone,
      intent.notes, null::text as location, null::text as cancellation_reason, intent.created_at
    from booking_intents as intent
    join calendar_connections as connection on connection.id = intent.calendar_connection_id
    left join agents on agents.id = intent.agent_id
    left join event_hosts as host on host.booking_event_id = intent.booking_event_id
      and host.calendar_connection_id = intent.calendar_connection_id
    left join booking_events as event on event.id = intent.booking_event_id
    where intent.organization_id = ${organizationId} and intent.kind = 'book' and intent.${isOpen}
      and not exists (select from appointments where appointments.intent_id = intent.id)`;
}
