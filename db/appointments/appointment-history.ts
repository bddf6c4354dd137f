import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { IntentKind, IntentState, IntentStep, MessageKind, Requester } from '../values.ts';

/** What was asked for an appointment, and how it went. */
export interface HistoryIntent {
  id: string;
  kind: IntentKind;
  state: IntentState;
  steps: IntentStep[];
  startAt: Date;
  /** The call that asked; null where none did. */
  callId: string | null;
  agentName: string | null;
  /** Who asked by hand. */
  requestedBy: Requester | null;
}

export interface HistoryMail {
  id: string;
  kind: MessageKind;
  state: 'pending' | 'sent' | 'failed';
  createdAt: Date;
  sentAt: Date | null;
}

/**
 * Every intent of an appointment, also of those that it was moved from by booking anew, in the order in
 * which they were asked for.
 * @param key.id the appointment's, or that of the intent that may have booked one
 */
export async function listIntentsOfAppointment(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<HistoryIntent[]> {
  const { rows } = await sql<HistoryIntent>`
    with recursive line (id) as (
      select ${id}::uuid
      union
      select intent.appointment_id from line
      join appointments on appointments.id = line.id
      join booking_intents as intent on intent.id = appointments.intent_id
      where intent.appointment_id is not null
    )
    select intent.id, intent.kind, intent.state, intent.steps, intent.start_at, intent.call_id,
      agents.name as agent_name, intent.requested_by
    from booking_intents as intent
    left join agents on agents.id = intent.agent_id
    where intent.organization_id = ${organizationId} and (
      intent.appointment_id in (select id from line)
      or intent.id = ${id}
      or intent.id in (
        select intent_id from appointments where appointments.id in (select id from line)))
    order by intent.created_at, intent.id limit 200`.execute(db);
  return rows;
}

/** What its attendee was written. */
export async function listMailsOfAppointment(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<HistoryMail[]> {
  return db
    .selectFrom('outboxMessages')
    .select(['id', 'kind', 'state', 'createdAt', 'sentAt'])
    .where('organizationId', '=', organizationId)
    .where('appointmentId', '=', id)
    .orderBy('createdAt')
    .limit(100)
    .execute();
}

/** How the provider calls an appointment's booking; a secret. */
export async function findReference(
  db: Database,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<{ calendarConnectionId: string; reference: string } | undefined> {
  return db
    .selectFrom('appointments')
    .select(['calendarConnectionId', 'reference'])
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
}
