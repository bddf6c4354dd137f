import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { AppointmentStatus } from './values.ts';

/** An appointment of a day, for whoever looks at the day. */
export interface DayAppointment {
  id: string;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  attendeeName: string;
  eventName: string | null;
  calendarName: string;
  /** The call that made it; null of one that was made elsewhere. */
  callId: string | null;
}

/** More have place in no calendar of a day; a list of them is for people. */
const MOST = 300;

/** Appointments that begin in a stretch of time and stand, in order of their start. */
export async function listDayAppointments(
  db: Database,
  organizationId: string,
  { from, to }: { from: Date; to: Date },
): Promise<DayAppointment[]> {
  const { rows } = await sql<DayAppointment>`
    select appointment.id, appointment.start_at, appointment.end_at, appointment.status,
      appointment.attendee_name, event.name as event_name, connection.name as calendar_name,
      appointment.call_id
    from appointments as appointment
    join calendar_connections as connection on connection.id = appointment.calendar_connection_id
    left join booking_events as event on event.id = appointment.booking_event_id
    where appointment.organization_id = ${organizationId}
      and appointment.start_at >= ${from} and appointment.start_at < ${to}
      and appointment.status in ('confirmed', 'pending')
    order by appointment.start_at, appointment.id limit ${MOST}`.execute(db);
  return rows;
}
