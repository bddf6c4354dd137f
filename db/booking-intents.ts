import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { AttendeeRecord, IntentState } from './schema.ts';

export interface IntentKey {
  organizationId: string;
  id: string;
}

export interface NewIntent {
  organizationId: string;
  calendarConnectionId: string;
  callId: string | null;
  eventType: string;
  resource: string;
  idempotencyKey: string;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  agentId: string | null;
  bookingEventId: string | null;
  notes: string | null;
  answers: Record<string, string>;
}

export interface Intent {
  id: string;
  state: IntentState;
  reference: string | null;
}

/** States in which an intent holds its slot: the same as in the partial unique index. */
const LIVE: IntentState[] = ['claimed', 'confirmed', 'unknown', 'attention'];
const UNIQUE_VIOLATION = '23505';

/** Writes what is about to be tried; a known idempotency key answers the intent it made. */
export async function requestIntent(db: Database, intent: NewIntent): Promise<Intent> {
  const inserted = await db
    .insertInto('bookingIntents')
    .values({
      ...intent,
      attendee: JSON.stringify(intent.attendee),
      answers: JSON.stringify(intent.answers),
      state: 'requested',
      steps: JSON.stringify([{ state: 'requested', at: new Date().toISOString(), reason: null }]),
    })
    .onConflict((conflict) => conflict.columns(['organizationId', 'idempotencyKey']).doNothing())
    .returning(['id', 'state', 'reference'])
    .executeTakeFirst();
  if (inserted) return inserted;
  return db
    .selectFrom('bookingIntents')
    .select(['id', 'state', 'reference'])
    .where('organizationId', '=', intent.organizationId)
    .where('idempotencyKey', '=', intent.idempotencyKey)
    .executeTakeFirstOrThrow();
}

/**
 * Claims the intent's slot: of any number of racing callers exactly one gets `true`. A refused
 * intent may claim again, a live or settled one may not.
 */
export async function claimIntent(db: Database, key: IntentKey): Promise<boolean> {
  try {
    const claimed = await db
      .updateTable('bookingIntents')
      .set({
        state: 'claimed',
        reason: null,
        updatedAt: new Date(),
        steps: stepAdded('claimed', null),
      })
      .where('organizationId', '=', key.organizationId)
      .where('id', '=', key.id)
      .where('state', 'in', ['requested', 'refused'])
      // Most losers stop here; the index below decides among those that arrive together.
      .where((expression) =>
        expression.not(
          expression.exists(
            expression
              .selectFrom('bookingIntents as rival')
              .select('rival.id')
              .whereRef('rival.calendarConnectionId', '=', 'bookingIntents.calendarConnectionId')
              .whereRef('rival.resource', '=', 'bookingIntents.resource')
              .whereRef('rival.startAt', '=', 'bookingIntents.startAt')
              .where('rival.state', 'in', LIVE),
          ),
        ),
      )
      .returning('id')
      .executeTakeFirst();
    return claimed !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** Writes how an intent ended, or that this is not known yet; `refused` gives the slot free. */
export async function settleIntent(
  db: Database,
  key: IntentKey,
  end: { state: 'confirmed' | 'refused' | 'unknown'; reason: string | null; reference?: string },
): Promise<void> {
  await db
    .updateTable('bookingIntents')
    .set({
      state: end.state,
      reason: end.reason,
      ...(end.reference === undefined ? {} : { reference: end.reference }),
      updatedAt: new Date(),
      steps: stepAdded(end.state, end.reason),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

function stepAdded(state: IntentState, reason: string | null) {
  const step = JSON.stringify([{ state, at: new Date().toISOString(), reason }]);
  return sql<string>`steps || ${step}::jsonb`;
}
