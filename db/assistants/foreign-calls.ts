import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ago, later, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { EndedBy } from '../values.ts';
import { insertCall } from '../calls/calls.ts';
import type { NewCall } from '../calls/calls.ts';

/** Milliseconds for which who works on a call is believed to do so without another word. */
const BELIEVED_FOR = 6_000;
/** Milliseconds between two words of who works on a call. */
export const WORD_EVERY = 2_000;
/** Milliseconds without a word of the platform after which a call counts as over. */
export const SILENT_FOR = 15 * 60_000;

export interface ForeignCall {
  callId: string;
  organizationId: string;
  assistantId: string;
  isOver: boolean;
}

export interface ForeignCallKey {
  assistantId: string;
  /** The platform's id of the call. */
  name: string;
}

/** The call of that name; undefined where nothing came of it yet. */
export async function findForeignCall(
  db: Database,
  { assistantId, name }: ForeignCallKey,
): Promise<ForeignCall | undefined> {
  return db
    .selectFrom('foreignCalls')
    .select([
      'callId',
      'organizationId',
      'assistantId',
      sql<boolean>`over_at is not null or released_at is not null`.as('isOver'),
    ])
    .where('assistantId', '=', assistantId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/**
 * Opens the call of that name, where nobody has: of several servers at the same moment one does.
 * @param row of the log of calls
 */
export async function openForeignCall(
  db: Database,
  key: ForeignCallKey,
  row: NewCall,
): Promise<ForeignCall> {
  const present = await findForeignCall(db, key);
  if (present) return present;
  await db.transaction().execute(async (transaction) => {
    // The loser of a race waits here and then finds what the winner made.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`foreign-call/${key.assistantId}/${key.name}`}, 0))`.execute(
      transaction,
    );
    if (await findForeignCall(transaction, key)) return;
    const callId = await insertCall(transaction, row);
    await transaction
      .insertInto('foreignCalls')
      .values({ callId, organizationId: row.organizationId, ...key })
      .execute();
  });
  const opened = await findForeignCall(db, key);
  if (!opened) throw new Error('The call that was just opened is gone.');
  return opened;
}

/** Notes that the platform still speaks of a call: neither its row nor what it holds is given up. */
export async function noteWord(db: Database, callId: string): Promise<void> {
  await db
    .updateTable('foreignCalls')
    .set({ lastWordAt: NOW })
    .where('callId', '=', callId)
    .where('releasedAt', 'is', null)
    .execute();
  await db
    .updateTable('calls')
    .set({ lastSignAt: NOW })
    .where('id', '=', callId)
    .where('endedAt', 'is', null)
    .execute();
}

/** What is known of a call by whoever begins to work on it. */
export interface WorkedCall {
  desk: unknown;
  /** Whoever worked on it before died in the middle. */
  wasLeft: boolean;
  isReleased: boolean;
}

/**
 * Begins to work on a call, as the only one.
 * @param worker a UUID
 * @returns undefined while somebody else does
 */
export async function beginWork(
  db: Database,
  callId: string,
  worker: string,
): Promise<WorkedCall | undefined> {
  const { rows } = await sql<WorkedCall>`
    update foreign_calls
    set worker = ${worker}, worked_on_until = ${later(BELIEVED_FOR)}
    from (select call_id, worker from foreign_calls where call_id = ${callId} for update) as before
    where foreign_calls.call_id = before.call_id
      and (foreign_calls.worker is null or foreign_calls.worked_on_until < slotline_now())
    returning foreign_calls.desk, before.worker is not null as was_left,
      foreign_calls.released_at is not null as is_released`.execute(db);
  return rows[0];
}

/** Says that the work goes on. @returns false where somebody else has it by now */
export async function goOnWorking(db: Database, callId: string, worker: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('foreignCalls')
    .set({ workedOnUntil: later(BELIEVED_FOR) })
    .where('callId', '=', callId)
    .where('worker', '=', worker)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Ends the work on a call.
 * @param end.desk what is known by now; undefined where nothing changed
 * @param end.isLeft whoever comes next has still to take up what a worker that died had done
 * @returns false where somebody else has it by now: nothing is written then
 */
export async function endWork(
  db: Database,
  {
    callId,
    worker,
    desk,
    isLeft = false,
  }: { callId: string; worker: string; desk?: unknown; isLeft?: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('foreignCalls')
    .set({
      // Another name than the worker's: a word of it that is on its way must not keep the next one out.
      worker: isLeft ? randomUUID() : null,
      workedOnUntil: isLeft ? ago(1) : null,
      ...(desk === undefined ? {} : { desk: JSON.stringify(desk) }),
    })
    .where('callId', '=', callId)
    .where('worker', '=', worker)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that a call is over; the first word of it counts. */
export async function noteOver(
  db: Database,
  callId: string,
  { reason, by }: { reason: string; by: EndedBy },
): Promise<void> {
  await db
    .updateTable('foreignCalls')
    .set({ overAt: NOW, endReason: reason, endedBy: by })
    .where('callId', '=', callId)
    .where('overAt', 'is', null)
    .execute();
}

export interface OverCall {
  callId: string;
  organizationId: string;
  endReason: string | null;
  endedBy: EndedBy | null;
  /** Milliseconds since the platform said so; 0 where it did not. */
  overFor: number;
}

const OVER_COLUMNS = [
  'callId',
  'organizationId',
  'endReason',
  'endedBy',
  sql<number>`coalesce(
    extract(epoch from slotline_now() - over_at) * 1000, 0)::double precision`.as('overFor'),
] as const;

/** Calls that are over, or of which no word came for so long, and that hold something still. */
export async function listOverCalls(
  db: Database,
  silentFor: number,
  limit: number,
): Promise<OverCall[]> {
  return db
    .selectFrom('foreignCalls')
    .select(OVER_COLUMNS)
    .where('releasedAt', 'is', null)
    .where((row) => row.or([row('overAt', 'is not', null), row('lastWordAt', '<', ago(silentFor))]))
    .orderBy('lastWordAt')
    .limit(limit)
    .execute();
}

/** Why a call is over; undefined where there is no such call, or it was released. */
export async function findUnreleased(db: Database, callId: string): Promise<OverCall | undefined> {
  return db
    .selectFrom('foreignCalls')
    .select(OVER_COLUMNS)
    .where('callId', '=', callId)
    .where('releasedAt', 'is', null)
    .executeTakeFirst();
}

/** Forgets what the desk knew of a call, and what was answered in it. */
export async function releaseForeignCall(transaction: Database, callId: string): Promise<void> {
  await transaction
    .updateTable('foreignCalls')
    .set((row) => ({
      desk: null,
      worker: null,
      workedOnUntil: null,
      releasedAt: NOW,
      overAt: row.fn.coalesce('overAt', NOW),
    }))
    .where('callId', '=', callId)
    .execute();
  await transaction.deleteFrom('functionRequests').where('callId', '=', callId).execute();
}

/** Notes that the platform's report came. @returns false where it had come before */
export async function noteReport(transaction: Database, callId: string): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('foreignCalls')
    .set({ reportedAt: NOW })
    .where('callId', '=', callId)
    .where('reportedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
