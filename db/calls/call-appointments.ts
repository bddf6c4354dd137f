import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { AppointmentStatus } from '../values.ts';
import type { CallKey } from './calls.ts';

/** An appointment that a call made or changed, as it stands by now. */
export interface CallAppointmentRow {
  id: string;
  eventName: string | null;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  attendeeName: string;
}

/** Appointments that a call made, moved or cancelled, in order of their start. */
export async function listAppointmentsOfCall(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<CallAppointmentRow[]> {
  const { rows } = await sql<CallAppointmentRow>`
    with intent as (
      select id, appointment_id from booking_intents
      where organization_id = ${organizationId} and call_id = ${callId}
    )
    select appointment.id, event.name as event_name, appointment.start_at, appointment.end_at,
      appointment.status, appointment.attendee_name
    from appointments as appointment
    left join booking_events as event on event.id = appointment.booking_event_id
    where appointment.organization_id = ${organizationId}
      and (appointment.id in (select appointment_id from intent)
        or appointment.intent_id in (select id from intent))
    order by appointment.start_at, appointment.id`.execute(db);
  return rows;
}

/** A time that is held for a call that goes on. */
export interface HeldForCall {
  startAt: Date;
  expiresAt: Date;
}

/** What a call holds now. */
export async function listHoldsOfCall(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<HeldForCall[]> {
  const { rows } = await sql<HeldForCall>`
    select start_at, expires_at from slot_holds
    where organization_id = ${organizationId} and call_id = ${callId}
      and expires_at > slotline_now()
    order by start_at`.execute(db);
  return rows;
}
