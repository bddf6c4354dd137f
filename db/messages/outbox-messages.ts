import { sql } from 'kysely';
import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';
import type { AppointmentStatus, AttendeeRecord, MessageKind, Requester } from '../values.ts';

export interface NewOutboxMessage {
  organizationId: string;
  kind: MessageKind;
  messageKey: string;
  appointmentId: string | null;
  intentId: string | null;
  recipient: string;
  payload: Record<string, unknown>;
}

/** What a message can say of an appointment. */
export interface MessageAppointment {
  /** Of the call that booked it, else its agent's, BCP 47; null where neither is known. */
  language: string | null;
  status: AppointmentStatus;
  businessName: string | null;
  organizationName: string;
  eventName: string | null;
  /** With whom, where its event has hosts. */
  hostName: string | null;
  /** What its attendee has to know or to bring. */
  preparation: string | null;
  calendarTimeZone: string;
  startAt: Date;
  endAt: Date;
  attendeeName: string;
  attendeeEmail: string | null;
  timeZone: string;
  location: string | null;
  organizerName: string | null;
  organizerEmail: string | null;
  cancellationReason: string | null;
}

/** What a message can say of an intent that has no appointment. */
export interface MessageIntent {
  /** Of its call, else its agent's, BCP 47; null where neither is known. */
  language: string | null;
  agentId: string | null;
  callId: string | null;
  businessName: string | null;
  organizationName: string;
  eventName: string | null;
  /** With whom, where its event has hosts. */
  hostName: string | null;
  /** What its attendee has to know or to bring. */
  preparation: string | null;
  calendarTimeZone: string;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  /** Of a move or a cancellation, the reason. */
  notes: string | null;
  /** Who asked where no call did. */
  requestedBy: Requester | null;
  organizerEmail: string | null;
}

/** Stores a message to be sent; one of a known key is there already. */
export async function insertOutboxMessage(db: Database, message: NewOutboxMessage): Promise<void> {
  await db
    .insertInto('outboxMessages')
    .values({ ...message, payload: JSON.stringify(message.payload) })
    .onConflict((conflict) => conflict.columns(['organizationId', 'messageKey']).doNothing())
    .execute();
}

/** What waits to be sent, the latest first. */
export async function listPendingPayloads(
  db: Database,
  key: { organizationId: string; kind: MessageKind },
): Promise<{ recipient: string; payload: Record<string, unknown> }[]> {
  return db
    .selectFrom('outboxMessages')
    .select(['recipient', 'payload'])
    .where('organizationId', '=', key.organizationId)
    .where('kind', '=', key.kind)
    .where('state', '=', 'pending')
    .orderBy('createdAt', 'desc')
    .limit(100)
    .execute();
}

/** How many messages an appointment has had. */
export async function countAppointmentMessages(
  db: Database,
  key: { organizationId: string; appointmentId: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('outboxMessages')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', key.organizationId)
    .where('appointmentId', '=', key.appointmentId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What a message says of an appointment; undefined where there is none. */
export async function findMessageAppointment(
  db: Database,
  key: { organizationId: string; appointmentId: string },
): Promise<MessageAppointment | undefined> {
  return db
    .selectFrom('appointments')
    .innerJoin('organizations', 'organizations.id', 'appointments.organizationId')
    .innerJoin('calendarConnections as connection', (join) =>
      join
        .onRef('connection.id', '=', 'appointments.calendarConnectionId')
        .onRef('connection.organizationId', '=', 'appointments.organizationId'),
    )
    .leftJoin('agents', 'agents.id', 'appointments.agentId')
    .leftJoin('calls', 'calls.id', 'appointments.callId')
    .leftJoin('bookingEvents as event', 'event.id', 'appointments.bookingEventId')
    .leftJoin('eventHosts as host', (join) =>
      join
        .onRef('host.bookingEventId', '=', 'appointments.bookingEventId')
        .onRef('host.calendarConnectionId', '=', 'appointments.calendarConnectionId'),
    )
    .select((select) => [
      select.fn.coalesce('calls.language', 'agents.language').as('language'),
      'agents.businessName',
      'organizations.name as organizationName',
      'event.name as eventName',
      'host.name as hostName',
      'event.preparation',
      'connection.timeZone as calendarTimeZone',
      'appointments.status',
      'appointments.startAt',
      'appointments.endAt',
      'appointments.attendeeName',
      'appointments.attendeeEmail',
      'appointments.timeZone',
      'appointments.location',
      'appointments.organizerName',
      select.fn
        .coalesce('appointments.organizerEmail', 'event.organizerEmail')
        .as('organizerEmail'),
      'appointments.cancellationReason',
    ])
    .where('appointments.organizationId', '=', key.organizationId)
    .where('appointments.id', '=', key.appointmentId)
    .executeTakeFirst();
}

/** What a message says of an intent; undefined where there is none. */
export async function findMessageIntent(
  db: Database,
  key: { organizationId: string; intentId: string },
): Promise<MessageIntent | undefined> {
  return db
    .selectFrom('bookingIntents')
    .innerJoin('organizations', 'organizations.id', 'bookingIntents.organizationId')
    .innerJoin('calendarConnections as connection', (join) =>
      join
        .onRef('connection.id', '=', 'bookingIntents.calendarConnectionId')
        .onRef('connection.organizationId', '=', 'bookingIntents.organizationId'),
    )
    .leftJoin('agents', 'agents.id', 'bookingIntents.agentId')
    .leftJoin('calls', 'calls.id', 'bookingIntents.callId')
    .leftJoin('bookingEvents as event', 'event.id', 'bookingIntents.bookingEventId')
    .leftJoin('eventHosts as host', (join) =>
      join
        .onRef('host.bookingEventId', '=', 'bookingIntents.bookingEventId')
        .onRef('host.calendarConnectionId', '=', 'bookingIntents.calendarConnectionId'),
    )
    .select((select) => [
      select.fn.coalesce('calls.language', 'agents.language').as('language'),
      'agents.businessName',
      'organizations.name as organizationName',
      'event.name as eventName',
      'host.name as hostName',
      'event.preparation',
      'connection.timeZone as calendarTimeZone',
      'bookingIntents.agentId',
      'bookingIntents.callId',
      'bookingIntents.startAt',
      'bookingIntents.endAt',
      'bookingIntents.attendee',
      'bookingIntents.notes',
      'bookingIntents.requestedBy',
      select.fn
        .coalesce('bookingIntents.organizerEmail', 'event.organizerEmail')
        .as('organizerEmail'),
    ])
    .where('bookingIntents.organizationId', '=', key.organizationId)
    .where('bookingIntents.id', '=', key.intentId)
    .executeTakeFirst();
}

/** A message whose turn to be sent has come. */
export interface DueMessage {
  id: string;
  organizationId: string;
  kind: MessageKind;
  recipient: string;
  payload: unknown;
  /** Its appointment is cancelled or rejected by now. */
  hasEnded: boolean;
  /** Of its appointment; null where it has none. */
  provider: string | null;
  /** Counts this one. */
  attempts: number;
}

/**
 * Takes the message that is longest due. Nobody else takes it before its next turn, which comes
 * after `pause` milliseconds, doubled with each attempt, a few hours at most: a process that dies
 * on the way loses nothing.
 */
export async function takeDueMessage(db: Database, pause: number): Promise<DueMessage | undefined> {
  const { rows } = await sql<DueMessage>`
    update outbox_messages set
      attempts = attempts + 1,
      due_at = slotline_now() + interval '1 millisecond'
        * least(${pause}::double precision * power(2, least(attempts, 20)), 21600000)
    where id = (
      select id from outbox_messages as message where state = 'pending' and due_at <= slotline_now()
        -- Whom a rehearsal would write to is made up, or somebody who never asked for it.
        and not exists (
          select from organizations
          where organizations.id = message.organization_id and is_rehearsal
        )
        -- Of one appointment first what was said first.
        and not exists (
          select from outbox_messages as earlier
          where earlier.appointment_id = message.appointment_id and earlier.state = 'pending'
            and earlier.created_at < message.created_at
        )
      order by due_at limit 1 for update skip locked
    )
    returning id, organization_id, kind, recipient, payload, attempts, exists (
      select from appointments
      where id = outbox_messages.appointment_id and status in ('cancelled', 'rejected')
    ) as has_ended, (
      select connection.provider from appointments
      join calendar_connections as connection on connection.id = appointments.calendar_connection_id
      where appointments.id = outbox_messages.appointment_id
    ) as provider`.execute(db);
  return rows[0];
}

/**
 * Writes how an attempt ended; `pending` leaves the message for its next turn. Of a link that lets
 * somebody in nothing is kept once it is sent or given up.
 */
export async function noteAttempt(
  db: Database,
  key: { organizationId: string; id: string },
  end: { state: 'pending' | 'sent' | 'failed'; lastError: string | null },
): Promise<void> {
  await db
    .updateTable('outboxMessages')
    .set({
      ...end,
      ...(end.state === 'sent' ? { sentAt: NOW } : {}),
      ...(end.state === 'pending'
        ? {}
        : { payload: sql`case when kind = 'account_link' then payload - 'url' else payload end` }),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** How many messages of all organizations are still to be sent. */
export async function countPendingMessages(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('outboxMessages')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many summaries of calls went to an address, or are on their way, in the last day. */
export async function countSummaries(
  db: Database,
  key: { organizationId: string; recipient: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('outboxMessages')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organizationId', '=', key.organizationId)
    .where('kind', '=', 'summary')
    .where(sql`lower(recipient)`, '=', key.recipient.toLowerCase())
    .where('createdAt', '>', ago(86_400_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Whether mail goes out: none that could have been sent long since waits for its first attempt. So
 * it waits where no mail server is configured, and where no jobs process runs.
 */
export async function isMailGoingOut(db: Database): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from outbox_messages as message
      where state = 'pending' and attempts = 0
        and due_at < slotline_now() - interval '2 minutes'
        and not exists (
          select from organizations
          where organizations.id = message.organization_id and is_rehearsal
        )
        -- Of one appointment those that were written later wait for the first.
        and not exists (
          select from outbox_messages as earlier
          where earlier.appointment_id = message.appointment_id and earlier.state = 'pending'
            and earlier.created_at < message.created_at)
    ) as waits`.execute(db);
  return rows[0]?.waits !== true;
}

/**
 * Forgets messages of more than 90 days ago, so many at most; answers how many. Only those whose
 * appointment and wish are over: until then the messages of an appointment are counted, for the
 * number that its calendar file bears, and their keys keep them from being written twice. Whether
 * they were sent is no matter: what is over is not sent any more.
 */
export function purgeMessages(db: Database, limit: number): Promise<number> {
  const isOver = sql`created_at < slotline_now() - interval '90 days'
    and not exists (
      select from appointments where id = outbox_messages.appointment_id and end_at > slotline_now())
    and not exists (
      select from booking_intents where id = outbox_messages.intent_id and end_at > slotline_now())`;
  return purgeBatch(db, 'outboxMessages', isOver, limit);
}
