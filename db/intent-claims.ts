import { sql } from 'kysely';
import { LIVE, overlap, stepAdded } from './booking-intents.ts';
import type { Intent } from './booking-intents.ts';
import type { Database } from './database.ts';

const UNIQUE_VIOLATION = '23505';

/** What claims are made on. */
export interface ClaimedResource {
  calendarConnectionId: string;
  resource: string;
}

/** Until the transaction ends, nobody else claims or holds on the resource. */
export async function lockResource(transaction: Database, on: ClaimedResource): Promise<void> {
  await lock(transaction, `${on.calendarConnectionId}/${on.resource}`);
}

/**
 * Claims an intent's time: nothing live and no hold of another call overlaps, and no other change
 * of its appointment is under way. A refused intent may claim again, a live or settled one may not.
 *
 * @param ownReference the booking that is moved: the time it has now is no rival
 * @param beforeCommit called inside the transaction
 * @returns the claimed intent; undefined when it may not have the time
 */
export async function claimIntent(
  db: Database,
  intent: Intent,
  ownReference: string | null,
  beforeCommit: () => Promise<void>,
): Promise<Intent | undefined> {
  try {
    return await db.transaction().execute(async (transaction) => {
      // Always in this order, or two claims could wait for each other.
      if (intent.appointmentId !== null) {
        await lock(transaction, `appointment/${intent.appointmentId}`);
      }
      if (intent.kind !== 'cancel') await lockResource(transaction, intent);
      const claimed = await claim(transaction, intent, ownReference);
      await beforeCommit();
      return claimed;
    });
  } catch (error) {
    // The partial unique index stands behind the question above.
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return;
    throw error;
  }
}

async function claim(transaction: Database, intent: Intent, ownReference: string | null) {
  return transaction
    .updateTable('bookingIntents')
    .set({
      state: 'claimed',
      reason: null,
      updatedAt: sql<Date>`now()`,
      steps: stepAdded('claimed', null),
    })
    .where('organizationId', '=', intent.organizationId)
    .where('id', '=', intent.id)
    .where('state', 'in', ['requested', 'refused'])
    .where(sql<boolean>`not exists (${liveRivals(intent, ownReference)})`)
    .where(sql<boolean>`not exists (${holdsOfOthers(intent)})`)
    .where(sql<boolean>`not exists (${changesUnderWay(intent)})`)
    .returningAll()
    .executeTakeFirst();
}

/** Another claim that is in the way; `age` is how long it has been in its state, in milliseconds. */
export type Rival = Pick<
  Intent,
  'id' | 'organizationId' | 'state' | 'attendee' | 'reference' | 'appointmentId'
> & { age: number };

/** The live claims that overlap an intent's time. */
export async function listRivals(
  db: Database,
  intent: Intent,
  ownReference: string | null,
): Promise<Rival[]> {
  const { rows } = await sql<Rival>`
    select id, organization_id, state, attendee, reference, appointment_id,
      (extract(epoch from now() - updated_at) * 1000)::double precision as age
    from (${liveRivals(intent, ownReference)}) as rivals`.execute(db);
  return rows;
}

/** Whether another move or cancellation of the same appointment is not settled yet. */
export async function isChangeUnderWay(db: Database, intent: Intent): Promise<boolean> {
  const { rows } = await changesUnderWay(intent).execute(db);
  return rows.length > 0;
}

function liveRivals(intent: Intent, ownReference: string | null) {
  return sql`
    select * from booking_intents as rival
    where calendar_connection_id = ${intent.calendarConnectionId}
      and resource = ${intent.resource} and ${intent.kind} <> 'cancel'
      and ${LIVE} and ${overlap(intent.startAt, intent.endAt)}
      and id <> ${intent.id}
      and (${ownReference}::text is null or reference is distinct from ${ownReference})`;
}

function holdsOfOthers(intent: Intent) {
  return sql`
    select from slot_holds
    where calendar_connection_id = ${intent.calendarConnectionId}
      and resource = ${intent.resource} and ${intent.kind} <> 'cancel'
      and ${overlap(intent.startAt, intent.endAt)}
      and call_id is distinct from ${intent.callId} and expires_at > now()`;
}

function changesUnderWay(intent: Pick<Intent, 'id' | 'appointmentId'>) {
  return sql`
    select from booking_intents as other
    where appointment_id = ${intent.appointmentId} and id <> ${intent.id}
      and state in ('claimed', 'unknown', 'attention')`;
}

async function lock(transaction: Database, name: string): Promise<void> {
  // An exclusion constraint would decide the same, but deadlocks under a hot slot.
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}
