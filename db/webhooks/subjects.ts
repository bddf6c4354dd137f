import { sql } from 'kysely';
import { findListedCall } from '../calls/list-calls.ts';
import type { ListedCall } from '../calls/list-calls.ts';
import type { Database } from '../database.ts';
import type {
  AppointmentDetails,
  AppointmentStatus,
  AttendeeRecord,
  IntentKind,
} from '../values.ts';

/* What events tell of, each undefined where it is gone. */

interface Key {
  organizationId: string;
  id: string;
}

/** Who answered. */
export interface ToldAgent {
  id: string;
  slug: string;
  name: string;
}

export interface ToldCall extends ListedCall {
  agentId: string;
  agentName: string;
  /** ISO 639-1: what was spoken last; null: the agent's. */
  language: string | null;
  appointmentDetails: AppointmentDetails | null;
  turns: number;
  toolCalls: number;
}

export async function findToldCall(db: Database, key: Key): Promise<ToldCall | undefined> {
  const listed = await findListedCall(db, key);
  if (!listed) return undefined;
  const row = await db
    .selectFrom('calls')
    .innerJoin('agents', 'agents.id', 'calls.agentId')
    .select([
      'calls.agentId',
      'agents.name as agentName',
      'calls.language',
      'calls.appointmentDetails',
      sql<number>`(select count(*)::integer from call_turns where call_id = calls.id)`.as('turns'),
      sql<number>`(select count(*)::integer from tool_calls where call_id = calls.id)`.as(
        'toolCalls',
      ),
    ])
    .where('calls.organizationId', '=', key.organizationId)
    .where('calls.id', '=', key.id)
    .executeTakeFirst();
  return row && { ...listed, ...row };
}

export interface ToldAppointment {
  id: string;
  callId: string | null;
  agent: ToldAgent | null;
  status: AppointmentStatus;
  startAt: Date;
  endAt: Date;
  eventType: string;
  eventName: string | null;
  calendarName: string;
  attendee: AttendeeRecord;
  notes: string | null;
  location: string | null;
  cancellationReason: string | null;
}

export async function findToldAppointment(
  db: Database,
  key: Key,
): Promise<ToldAppointment | undefined> {
  const row = await db
    .selectFrom('appointments')
    .innerJoin(
      'calendarConnections as connection',
      'connection.id',
      'appointments.calendarConnectionId',
    )
    .leftJoin('agents', 'agents.id', 'appointments.agentId')
    .leftJoin('bookingEvents as event', 'event.id', 'appointments.bookingEventId')
    .select([
      'appointments.id',
      'appointments.callId',
      'appointments.status',
      'appointments.startAt',
      'appointments.endAt',
      'appointments.eventType',
      'event.name as eventName',
      'connection.name as calendarName',
      'appointments.notes',
      'appointments.location',
      'appointments.cancellationReason',
      sql<AttendeeRecord>`jsonb_build_object('name', attendee_name, 'email', attendee_email,
        'phone', attendee_phone, 'timeZone', appointments.time_zone)`.as('attendee'),
      ...AGENT,
    ])
    .where('appointments.organizationId', '=', key.organizationId)
    .where('appointments.id', '=', key.id)
    .executeTakeFirst();
  return row && withAgent(row);
}

export interface ToldIntent {
  id: string;
  kind: IntentKind;
  callId: string | null;
  agent: ToldAgent | null;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  /** The one that it made or changes. */
  appointmentId: string | null;
}

export async function findToldIntent(db: Database, key: Key): Promise<ToldIntent | undefined> {
  const row = await db
    .selectFrom('bookingIntents as intent')
    .leftJoin('agents', 'agents.id', 'intent.agentId')
    .leftJoin('appointments as made', 'made.intentId', 'intent.id')
    .select((select) => [
      'intent.id',
      'intent.kind',
      'intent.callId',
      'intent.startAt',
      'intent.endAt',
      'intent.attendee',
      select.fn.coalesce('made.id', 'intent.appointmentId').as('appointmentId'),
      ...AGENT,
    ])
    .where('intent.organizationId', '=', key.organizationId)
    .where('intent.id', '=', key.id)
    .executeTakeFirst();
  return row && withAgent(row);
}

export interface ToldMessage {
  id: string;
  callId: string;
  agent: ToldAgent | null;
  callerName: string | null;
  callbackNumber: string | null;
  email: string | null;
  text: string;
  urgent: boolean;
  createdAt: Date;
}

export async function findToldMessage(db: Database, key: Key): Promise<ToldMessage | undefined> {
  const row = await db
    .selectFrom('messagesTaken as message')
    .leftJoin('agents', 'agents.id', 'message.agentId')
    .select([
      'message.id',
      'message.callId',
      'message.callerName',
      'message.callbackNumber',
      'message.email',
      'message.text',
      'message.urgent',
      'message.createdAt',
      ...AGENT,
    ])
    .where('message.organizationId', '=', key.organizationId)
    .where('message.id', '=', key.id)
    .executeTakeFirst();
  return row && withAgent(row);
}

export async function findToldAgent(db: Database, key: Key): Promise<ToldAgent | undefined> {
  return db
    .selectFrom('agents')
    .select(['id', 'slug', 'name'])
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .executeTakeFirst();
}

const AGENT = [
  'agents.id as agentId',
  'agents.slug as agentSlug',
  'agents.name as agentName',
] as const;

interface AgentColumns {
  agentId: string | null;
  agentSlug: string | null;
  agentName: string | null;
}

function withAgent<Row extends AgentColumns>({ agentId, agentSlug, agentName, ...row }: Row) {
  const agent =
    agentId !== null && agentSlug !== null && agentName !== null
      ? { id: agentId, slug: agentSlug, name: agentName }
      : null;
  return { ...row, agent };
}
