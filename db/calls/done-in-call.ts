import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { CallKey } from './calls.ts';

/** An appointment that a call made, moved, cancelled or asked for, as it stands by now. */
export interface DoneInCall {
  eventName: string | null;
  startAt: Date;
  /** `unconfirmed`: nobody knows yet. */
  status: 'booked' | 'requested' | 'cancelled' | 'unconfirmed';
}

/** What came of a call in calendars, one line an appointment, in order of the first wish. */
export async function listDoneInCall(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<DoneInCall[]> {
  const { rows } = await sql<DoneInCall>`
    select event_name, start_at, status from (
      select distinct on (coalesce(appointment.id, intent.id))
        intent.created_at, event.name as event_name,
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
