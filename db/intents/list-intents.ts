import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { UNSETTLED } from './intents.ts';
import type { AttendeeRecord, IntentKind, IntentState, IntentStep } from '../values.ts';

/** An intent as its operator sees it; the provider's reference is a secret and not among it. */
export interface ManagedIntent {
  id: string;
  organizationId: string;
  calendarConnectionId: string;
  calendarName: string;
  agentSlug: string | null;
  bookingEventId: string | null;
  eventName: string | null;
  eventType: string;
  appointmentId: string | null;
  kind: IntentKind;
  state: IntentState;
  reason: string | null;
  steps: IntentStep[];
  attempts: number;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  createdAt: Date;
  updatedAt: Date;
}

/** Those that want an operator first, then the oldest. */
export async function listManagedIntents(
  db: Database,
  filter: {
    organizationId: string;
    states?: readonly IntentState[];
    limit: number;
  },
): Promise<ManagedIntent[]> {
  return intentRows(db, filter.organizationId)
    .where('intent.state', 'in', [...(filter.states ?? UNSETTLED)])
    .orderBy(sql`intent.state = 'attention'`, 'desc')
    .orderBy('intent.createdAt')
    .limit(filter.limit)
    .execute();
}

/** One intent as its operator sees it; undefined where there is none. */
export async function findManagedIntent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<ManagedIntent | undefined> {
  return intentRows(db, key.organizationId).where('intent.id', '=', key.id).executeTakeFirst();
}

function intentRows(db: Database, organizationId: string) {
  return db
    .selectFrom('bookingIntents as intent')
    .innerJoin('calendarConnections as connection', (join) =>
      join
        .onRef('connection.id', '=', 'intent.calendarConnectionId')
        .onRef('connection.organizationId', '=', 'intent.organizationId'),
    )
    .leftJoin('agents', 'agents.id', 'intent.agentId')
    .leftJoin('bookingEvents as event', 'event.id', 'intent.bookingEventId')
    .select([
      'intent.id',
      'intent.organizationId',
      'intent.calendarConnectionId',
      'connection.name as calendarName',
      'agents.slug as agentSlug',
      'intent.bookingEventId',
      'event.name as eventName',
      'intent.eventType',
      'intent.appointmentId',
      'intent.kind',
      'intent.state',
      'intent.reason',
      'intent.steps',
      'intent.attempts',
      'intent.startAt',
      'intent.endAt',
      'intent.attendee',
      'intent.createdAt',
      'intent.updatedAt',
    ])
    .where('intent.organizationId', '=', organizationId);
}
