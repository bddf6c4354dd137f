import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { AttendeeRecord, IntentKind, IntentState, IntentStep } from '../schema.ts';

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

/** What neither happened nor was given up yet. */
const UNSETTLED = ['requested', 'claimed', 'unknown', 'attention'] as const;

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

export async function findManagedIntent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<ManagedIntent | undefined> {
  return intentRows(db, key.organizationId).where('intent.id', '=', key.id).executeTakeFirst();
}

/** How much is waiting to be settled in an organization. */
export interface UnsettledIntents {
  /** What the reconciler has to settle. */
  waiting: number;
  /** Milliseconds since the oldest of them was made; null where there is none. */
  oldestAge: number | null;
  /** What only an operator can settle. */
  attention: number;
}

/** By the database's clock. */
export async function countUnsettledIntents(
  db: Database,
  organizationId: string,
): Promise<UnsettledIntents> {
  const waiting = sql`state in ('requested', 'claimed', 'unknown')`;
  const { rows } = await sql<UnsettledIntents>`
    select count(*) filter (where ${waiting})::integer as waiting,
      (extract(epoch from slotline_now() - min(created_at) filter (where ${waiting})) * 1000)
        ::double precision as oldest_age,
      count(*) filter (where state = 'attention')::integer as attention
    from booking_intents
    where organization_id = ${organizationId}
      and state in ('requested', 'claimed', 'unknown', 'attention')`.execute(db);
  return rows[0] ?? { waiting: 0, oldestAge: null, attention: 0 };
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
