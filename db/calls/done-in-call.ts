import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { AttendeeRecord } from '../values.ts';
import type { CallKey } from './calls.ts';

/** An appointment that a call made, moved, cancelled or asked for, as it stands by now. */
export interface DoneInCall {
  eventName: string | null;
  calendarConnectionId: string;
  startAt: Date;
  endAt: Date;
  /** `unconfirmed`: nobody knows yet. */
  status: 'booked' | 'requested' | 'cancelled' | 'unconfirmed';
  /** Whether it was moved last. */
  isMoved: boolean;
  /** Null while it is not confirmed. */
  appointmentId: string | null;
  /** The provider's; null likewise. */
  reference: string | null;
  attendee: AttendeeRecord;
  /** Whether the call made it, and did not find it. */
  isMadeHere: boolean;
}

/** What came of a call in calendars, one line an appointment, in order of the last change. */
export async function listDoneInCall(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<DoneInCall[]> {
  const { rows } = await sql<DoneInCall>`
    select event_name, calendar_connection_id, start_at, end_at, status, is_moved, appointment_id, reference, attendee,
      is_made_here from (
      select distinct on (coalesce(appointment.id, intent.id))
        intent.created_at, event.name as event_name,
        intent.calendar_connection_id, intent.kind = 'reschedule' as is_moved,
        intent.attendee, appointment.id as appointment_id, appointment.reference,
        coalesce(appointment.call_id = intent.call_id, intent.kind = 'book') as is_made_here,
        case when intent.state = 'confirmed' or intent.state = 'released'
          then coalesce(appointment.end_at, intent.end_at) else intent.end_at end as end_at,
        case when intent.state = 'confirmed' or intent.state = 'released'
          then coalesce(appointment.start_at, intent.start_at) else intent.start_at end as start_at,
        case
          when intent.state not in ('confirmed', 'released') then 'unconfirmed'
          when appointment.status in ('cancelled', 'rejected') then 'cancelled'
          when appointment.status = 'pending' then 'requested'
          else 'booked' end as status
      from booking_intents as intent
      left join appointments as appointment
        on appointment.id = intent.appointment_id or appointment.intent_id = intent.id
      left join booking_events as event on event.id = intent.booking_event_id
      where intent.organization_id = ${organizationId} and intent.call_id = ${callId}
        and intent.state <> 'refused' and intent.state <> 'requested'
      order by coalesce(appointment.id, intent.id), intent.created_at desc
    ) as done order by created_at`.execute(db);
  return rows;
}

/** How many messages a call left. */
export async function countMessagesOfCall(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<number> {
  const { count } = await db
    .selectFrom('messagesTaken')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
