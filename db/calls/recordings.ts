import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { wakeJob } from '../jobs/jobs.ts';
import type { CallKey } from './calls.ts';

/** A part of a call's recording: a call that was taken over has several. */
export interface RecordingPart {
  /** The name of its object. */
  id: string;
  startedAt: Date;
  /** Null until it has ended, as the next one. */
  milliseconds: number | null;
  bytes: number | null;
  /** Why something of the call is missing in it. */
  incomplete: string | null;
  /** The place where it lies; null while it lies at the worker. */
  store: string | null;
}

/** How a part came out. */
export interface EndedRecording {
  milliseconds: number;
  bytes: number;
  incomplete: string | null;
}

/**
 * Notes that a part has begun, and on the call's row that its caller was told of it.
 * @param part.age milliseconds since it began
 * @returns when it began, by the database's clock; null where the caller does not want it
 */
export async function beginRecording(
  db: Database,
  { organizationId, callId }: CallKey,
  { id, age }: { id: string; age: () => number },
): Promise<Date | null> {
  return db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('calls')
      .set({ recording: 'announced' })
      .where('organizationId', '=', organizationId)
      .where('id', '=', callId)
      .where((where) =>
        where.or([where('recording', 'is', null), where('recording', '=', 'announced')]),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return null;
    const { startedAt } = await transaction
      .insertInto('callRecordings')
      .values({
        id,
        organizationId,
        callId,
        startedAt: ago(age()),
        milliseconds: null,
        incomplete: null,
        store: null,
      })
      .returning('startedAt')
      .executeTakeFirstOrThrow();
    return startedAt;
  });
}

/** Writes how a part came out; the first end counts. */
export async function endRecording(
  db: Database,
  id: string,
  { milliseconds, bytes, incomplete }: EndedRecording,
): Promise<void> {
  await db
    .updateTable('callRecordings')
    .set({ milliseconds, bytes, incomplete })
    .where('id', '=', id)
    .where('milliseconds', 'is', null)
    .execute();
}

/** Whether a part is to be kept; no part that has no row is. */
export async function isRecordingWanted(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('callRecordings')
    .select('id')
    .where('id', '=', id)
    .where('callId', 'is not', null)
    .where('unwantedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Notes where a part lies now.
 * @returns false where it is not wanted any more: whoever put it there takes it away
 */
export async function noteStored(db: Database, id: string, store: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('callRecordings')
    .set({ store })
    .where('id', '=', id)
    .where('callId', 'is not', null)
    .where('unwantedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The caller does not want to be recorded: what there is goes, and nothing is recorded any more. */
export async function refuseRecording(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('calls')
      .set({ recording: 'refused' })
      .where('organizationId', '=', organizationId)
      .where('id', '=', callId)
      .execute();
    await discardRecordings(transaction, { organizationId, callIds: [callId] });
  });
}

/** Whether the caller did not want to be recorded. */
export async function isRecordingRefused(
  db: Database,
  { organizationId, callId }: CallKey,
): Promise<boolean> {
  const row = await db
    .selectFrom('calls')
    .select('recording')
    .where('organizationId', '=', organizationId)
    .where('id', '=', callId)
    .executeTakeFirst();
  return row?.recording === 'refused';
}

/** Marks every recording of calls for deletion, and has it done now; answers how many. */
export async function discardRecordings(
  db: Database,
  { organizationId, callIds }: { organizationId: string; callIds: readonly string[] },
): Promise<number> {
  if (callIds.length === 0) return 0;
  const { numUpdatedRows } = await db
    .updateTable('callRecordings')
    .set({ unwantedAt: NOW })
    .where('organizationId', '=', organizationId)
    .where('callId', 'in', callIds)
    .where('unwantedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await wakeJob(db, 'delete-recordings');
  return Number(numUpdatedRows);
}

/** A part that is to be deleted. */
export interface UnwantedRecording {
  id: string;
  /** Null where nobody noted that it left the worker. */
  store: string | null;
}

/** Parts that are to be deleted, those of calls that are gone too, so many at most, in order of their ids. */
export async function listUnwantedRecordings(
  db: Database,
  { after, limit }: { after: string | null; limit: number },
): Promise<UnwantedRecording[]> {
  let query = db
    .selectFrom('callRecordings')
    .select(['id', 'store'])
    .where((where) => where.or([where('unwantedAt', 'is not', null), where('callId', 'is', null)]));
  if (after !== null) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
}

/** Deletes the row of a part that lies nowhere any more. */
export async function deleteRecordingRow(db: Database, id: string): Promise<void> {
  await db.deleteFrom('callRecordings').where('id', '=', id).execute();
}

/** The parts of a call that are kept, in their order. */
export async function listRecordings(db: Database, callId: string): Promise<RecordingPart[]> {
  const rows = await db
    .selectFrom('callRecordings')
    .select(['id', 'startedAt', 'milliseconds', 'bytes', 'incomplete', 'store'])
    .where('callId', '=', callId)
    .where('unwantedAt', 'is', null)
    .orderBy('startedAt')
    .orderBy('id')
    .execute();
  return rows.map(({ bytes, ...row }) => ({
    ...row,
    bytes: bytes === null ? null : Number(bytes),
  }));
}

/** How loud a part is, as `storePeaks` was given it; null where nobody asked for it yet. */
export async function findPeaks(db: Database, id: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom('callRecordings')
    .select('peaks')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.peaks ?? null;
}

/** Keeps how loud a part is, one byte a point, beside it: they go together. */
export async function storePeaks(db: Database, id: string, peaks: Buffer): Promise<void> {
  await db.updateTable('callRecordings').set({ peaks }).where('id', '=', id).execute();
}

/** How many recordings wait for longer than so many milliseconds: to be stored, and to be deleted. */
export async function countWaitingRecordings(
  db: Database,
  organizationId: string,
  age: number,
): Promise<{ toStore: number; toDelete: number }> {
  const { toStore, toDelete } = await db
    .selectFrom('callRecordings')
    .innerJoin('calls', 'calls.id', 'callRecordings.callId')
    .select((select) => [
      select.fn
        .countAll()
        .filterWhere('callRecordings.store', 'is', null)
        .filterWhere('callRecordings.unwantedAt', 'is', null)
        .filterWhere('calls.endedAt', '<', ago(age))
        .as('toStore'),
      select.fn.countAll().filterWhere('callRecordings.unwantedAt', '<', ago(age)).as('toDelete'),
    ])
    .where('callRecordings.organizationId', '=', organizationId)
    .executeTakeFirstOrThrow();
  return { toStore: Number(toStore), toDelete: Number(toDelete) };
}
