import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { AppointmentStatus } from '../values.ts';

/** An appointment as its operator sees it; the provider's names for it are secrets and not among it. */
export interface ManagedAppointment {
  id: string;
  organizationId: string;
  calendarConnectionId: string;
  calendarName: string;
  provider: string;
  agentId: string | null;
  agentSlug: string | null;
  bookingEventId: string | null;
  eventName: string | null;
  eventType: string;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  source: 'slotline' | 'provider';
  attendeeName: string;
  attendeeEmail: string | null;
  attendeePhone: string | null;
  /** IANA: the attendee's. */
  timeZone: string;
  createdAt: Date;
}

export interface AppointmentFilter {
  organizationId: string;
  /** Starts at this instant or later. */
  from?: Date;
  /** Starts before this instant. */
  to?: Date;
  statuses?: readonly AppointmentStatus[];
  agentId?: string;
  calendarConnectionId?: string;
  limit: number;
}

/** In order of their start. */
export async function listManagedAppointments(
  db: Database,
  filter: AppointmentFilter,
): Promise<ManagedAppointment[]> {
  const { from, to, statuses, agentId, calendarConnectionId } = filter;
  let query = appointmentRows(db, filter.organizationId);
  if (from) query = query.where('appointments.startAt', '>=', from);
  if (to) query = query.where('appointments.startAt', '<', to);
  if (statuses) query = query.where('appointments.status', 'in', [...statuses]);
  if (agentId !== undefined) query = query.where('appointments.agentId', '=', agentId);
  if (calendarConnectionId !== undefined) {
    query = query.where('appointments.calendarConnectionId', '=', calendarConnectionId);
  }
  return query
    .orderBy('appointments.startAt')
    .orderBy('appointments.id')
    .limit(filter.limit)
    .execute();
}

/** One appointment as its operator sees it; undefined where there is none. */
export async function findManagedAppointment(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<ManagedAppointment | undefined> {
  return appointmentRows(db, key.organizationId)
    .where('appointments.id', '=', key.id)
    .executeTakeFirst();
}

function appointmentRows(db: Database, organizationId: string) {
  return db
    .selectFrom('appointments')
    .innerJoin('calendarConnections as connection', (join) =>
      join
        .onRef('connection.id', '=', 'appointments.calendarConnectionId')
        .onRef('connection.organizationId', '=', 'appointments.organizationId'),
    )
    .leftJoin('agents', 'agents.id', 'appointments.agentId')
    .leftJoin('bookingEvents as event', 'event.id', 'appointments.bookingEventId')
    .select([
      'appointments.id',
      'appointments.organizationId',
      'appointments.calendarConnectionId',
      'connection.name as calendarName',
      'connection.provider',
      'appointments.agentId',
      'agents.slug as agentSlug',
      'appointments.bookingEventId',
      'event.name as eventName',
      'appointments.eventType',
      'appointments.startAt',
      'appointments.endAt',
      'appointments.status',
      'appointments.source',
      'appointments.attendeeName',
      'appointments.attendeeEmail',
      'appointments.attendeePhone',
      'appointments.timeZone',
      'appointments.createdAt',
    ])
    .where('appointments.organizationId', '=', organizationId);
}

/** An appointment as we keep it, which may be more than its provider does. */
export interface CallerAppointment {
  calendarConnectionId: string;
  eventType: string;
  reference: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** Whether it was booked in a call from that number, which anybody else could only have named. */
  fromLine: boolean;
}

export interface CallerQuery {
  organizationId: string;
  /** What the caller is known by: their number, in E.164, their address, whatever its capitals, or the call. */
  by: { phone: string } | { email: string } | { callId: string };
  after: Date;
}

/** Upcoming appointments that were made with a number or an address, or in a call, of an organization. */
export async function listUpcomingOfCaller(
  db: Database,
  { organizationId, by, after }: CallerQuery,
): Promise<CallerAppointment[]> {
  return db
    .selectFrom('appointments')
    .select((select) => [
      'calendarConnectionId',
      'eventType',
      'reference',
      'attendeeEmail as email',
      'attendeePhone as phone',
      select
        .exists(
          select
            .selectFrom('calls')
            .whereRef('calls.id', '=', 'appointments.callId')
            .whereRef('calls.callerNumber', '=', 'appointments.attendeePhone'),
        )
        .$castTo<boolean>()
        .as('fromLine'),
    ])
    .where('organizationId', '=', organizationId)
    .where((expression) =>
      'email' in by
        ? expression(sql`lower(attendee_email)`, '=', by.email.toLowerCase())
        : 'phone' in by
          ? expression('attendeePhone', '=', by.phone)
          : expression('callId', '=', by.callId),
    )
    .where('status', 'in', ['confirmed', 'pending'])
    .where('startAt', '>', after)
    .orderBy('startAt')
    .limit(10)
    .execute();
}
