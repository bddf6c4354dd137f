import type { Database } from '../database.ts';

/*
 * The tables as they are, for whoever grades a call: not through the queries that the call itself used.
 */

type Of = { organizationId: string; callId: string };

export async function findCallOfRoom(db: Database, roomName: string) {
  return db
    .selectFrom('calls')
    .select(['id', 'organizationId', 'outcome', 'endReason', 'endedAt'])
    .where('roomName', '=', roomName)
    .executeTakeFirst();
}

export async function listTurns(db: Database, { organizationId, callId }: Of) {
  return db
    .selectFrom('callTurns')
    .select(['role', 'text', 'interrupted', 'saidAt'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .orderBy('saidAt')
    .orderBy('id')
    .execute();
}

export async function listToolCalls(db: Database, { organizationId, callId }: Of) {
  return db
    .selectFrom('toolCalls')
    .select(['name', 'error', 'endedAt'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .orderBy('startedAt')
    .execute();
}

export async function listIntentsOfCall(db: Database, { organizationId, callId }: Of) {
  return db
    .selectFrom('bookingIntents')
    .select(['idempotencyKey', 'kind', 'state', 'startAt', 'appointmentId'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .execute();
}

export async function listMessagesOfCall(db: Database, { organizationId, callId }: Of) {
  return db
    .selectFrom('messagesTaken')
    .select(['callerName as name', 'callbackNumber as number', 'text'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .orderBy('createdAt')
    .execute();
}

/** All of an organization, whoever booked them. */
export async function listMirrored(db: Database, organizationId: string) {
  return db
    .selectFrom('appointments')
    .select([
      'id',
      'reference',
      'startAt',
      'status',
      'callId',
      'calendarConnectionId',
      'attendeeName as name',
      'attendeeEmail as email',
      'attendeePhone as phone',
    ])
    .where('organizationId', '=', organizationId)
    .orderBy('startAt')
    .execute();
}

/** What calendars whose bookings lie in our own tables have, of an organization. */
export async function listStored(db: Database, organizationId: string) {
  return db
    .selectFrom('fakeCalendarBookings')
    .select(['uid', 'startAt', 'status', 'idempotencyKey', 'calendarConnectionId'])
    .where('organizationId', '=', organizationId)
    .orderBy('startAt')
    .execute();
}

/**
 * What a call asked of providers, in order; of a change the reference of its appointment.
 * @param but a provider whose bookings lie in our own tables
 */
export async function listChangesAtProviders(db: Database, roomName: string, but: string) {
  return db
    .selectFrom('bookingIntents as intent')
    .innerJoin('calls', (join) =>
      join
        .onRef('calls.id', '=', 'intent.callId')
        .onRef('calls.organizationId', '=', 'intent.organizationId'),
    )
    .innerJoin('calendarConnections as connection', 'connection.id', 'intent.calendarConnectionId')
    .leftJoin('appointments', 'appointments.id', 'intent.appointmentId')
    .select([
      'intent.organizationId',
      'intent.kind',
      'intent.idempotencyKey',
      'intent.startAt',
      'intent.attendee',
      'appointments.reference',
    ])
    .select((select) => select.ref('intent.bookingEventId').$notNull().as('bookingEventId'))
    .where('calls.roomName', '=', roomName)
    .where('connection.provider', '<>', but)
    .where('intent.bookingEventId', 'is not', null)
    .orderBy('intent.createdAt')
    .execute();
}
