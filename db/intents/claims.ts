import { sql } from 'kysely';
import { LIVE, overlap } from './intents.ts';
import type { Intent } from './intents.ts';
import type { Database } from '../database.ts';

/** The calendar that claims are made on. */
export interface ClaimedCalendar {
  calendarConnectionId: string;
}

/** Until the transaction ends, nobody else claims or holds on the calendar. */
export async function lockResource(transaction: Database, on: ClaimedCalendar): Promise<void> {
  // The same words as in claim_intent of the migration. An exclusion constraint would decide the
  // same without a lock, but deadlocks under a hot slot.
  const name = `${on.calendarConnectionId}/calendar`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

export type ClaimResult =
  | { result: 'claimed'; intent: Intent }
  /** By a claim or a hold that certainly stands. The intent is refused. */
  | { result: 'taken' }
  /** By confirmed claims that the provider may have given up meanwhile. */
  | { result: 'contested' }
  /**
   * The provider is being asked for an overlapping time that is no rival, since several can be at
   * once: what it has left is known when that is done. Nothing was written.
   */
  | { result: 'busy' }
  /** Another change of its appointment is not settled. The intent is refused. */
  | { result: 'changing' }
  /** The intent was claimed or settled already. */
  | { result: 'running' };

/**
 * Claims an intent's time: nothing live and no hold of another call overlaps, and no other change
 * of its appointment is under way. A refused intent may claim again, a live or settled one may not.
 *
 * @param options `ownReference`: the booking that is moved, whose present time is no rival;
 * `believe`: for how many milliseconds a confirmed claim certainly stands
 */
export async function claimIntent(
  db: Database,
  intent: Intent,
  options: { ownReference: string | null; believe: number },
): Promise<ClaimResult> {
  const { rows } = await sql<{ result: ClaimResult['result']; claimedAt: Date }>`
    select * from claim_intent(${intent.id}, ${options.ownReference}, ${options.believe})
  `.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The claim was not answered.');
  if (row.result !== 'claimed') return { result: row.result };
  const step = { state: row.result, at: row.claimedAt.toISOString(), reason: null };
  const steps = [...intent.steps, step];
  return { result: row.result, intent: { ...intent, state: 'claimed', reason: null, steps } };
}

/** Another claim that is in the way; `age` is how long it has been in its state, in milliseconds. */
export type Rival = Pick<Intent, 'id' | 'state' | 'attendee' | 'reference' | 'idempotencyKey'> & {
  age: number;
};

/** The live claims that overlap an intent's time. */
export async function listRivals(
  db: Database,
  intent: Intent,
  ownReference: string | null,
): Promise<Rival[]> {
  const { rows } = await sql<Rival>`
    select id, state, attendee, reference, idempotency_key,
      (extract(epoch from slotline_now() - updated_at) * 1000)::double precision as age
    from booking_intents
    where calendar_connection_id = ${intent.calendarConnectionId}
      and resource = ${intent.resource}
      and ${LIVE} and ${overlap(intent.startAt, intent.endAt)}
      and id <> ${intent.id}
      and (${ownReference}::text is null or reference is distinct from ${ownReference})`.execute(
    db,
  );
  return rows;
}
