import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { NOW, ago } from '../clock.ts';
import type { Database } from '../database.ts';
import type { CallLine } from '../values.ts';
import type { CallKey } from './calls.ts';
import { outcomeOfIntents } from './intent-outcome.ts';
import { closeRoom } from './opened-rooms.ts';

/** Milliseconds between two signs of life of the process that has a call. */
export const SIGN_OF_LIFE_EVERY = 2_000;

/**
 * Milliseconds without a sign of life from which on a call counts as dead. The more is lost if its
 * process lives after all, the longer it is waited for.
 */
export const DEAD_CALL = {
  /** It holds no line any more, and another worker may take it over. */
  isNotCounted: 3 * SIGN_OF_LIFE_EVERY,
  /** Its row is closed where no worker looks. */
  isClosed: 5 * 60_000,
  /** What was said in it may be deleted. */
  isForgotten: 3_600_000,
};

/** A call, and the process that has it, as its row names it. */
export interface HeldCall extends CallKey {
  holder?: string | undefined;
}

/** A call that goes on, by its row, and whose process gave no sign lately. */
export interface SilentCall extends CallKey {
  roomName: string;
  line: CallLine;
  lastSignAt: Date;
  /** The process that had it. */
  holder: string;
  /** How often another worker took it over before. */
  timesTakenOver: number;
}

/** Whether a row of `calls` belongs to this process; one without a name has those without. */
export function isHeldBy(holder: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`holder is not distinct from ${holder ?? null}::uuid`;
}

/**
 * Notes that the process which has the call is alive.
 * @returns false where another process has taken it over
 */
export async function noteSignOfLife(db: Database, key: HeldCall): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set({ lastSignAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .where('endedAt', 'is', null)
    .where(isHeldBy(key.holder))
    .executeTakeFirst();
  return numUpdatedRows > 0n || !(await isElsewhere(db, key));
}

/** Whether a call goes on in another process than this one. */
export async function isElsewhere(db: Database, key: HeldCall): Promise<boolean> {
  const row = await db
    .selectFrom('calls')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .where('endedAt', 'is', null)
    .where((call) => call.not(isHeldBy(key.holder)))
    .executeTakeFirst();
  return row !== undefined;
}

/** Calls whose process has not said for so many milliseconds that it lives, the first ones first. */
export async function listSilentCalls(db: Database, milliseconds: number): Promise<SilentCall[]> {
  const rows = await db
    .selectFrom('calls')
    .select([
      'organizationId',
      'id as callId',
      'roomName',
      'line',
      'lastSignAt',
      'holder',
      'timesTakenOver',
    ])
    .where('endedAt', 'is', null)
    .where('line', '!=', 'console')
    .where('holder', 'is not', null)
    .where('lastSignAt', '<', ago(milliseconds))
    .orderBy('lastSignAt')
    .limit(100)
    .execute();
  return rows.flatMap(({ holder, ...row }) => (holder === null ? [] : [{ ...row, holder }]));
}

/**
 * Takes a call whose process counts as dead; of several workers one has it.
 * @param by the UUID under which it is held from now on
 * @returns false where it gave a sign, ended, or somebody else was faster
 */
export async function claimSilentCall(
  db: Database,
  call: SilentCall,
  by: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set((row) => ({
      holder: by,
      lastSignAt: NOW,
      timesTakenOver: row('timesTakenOver', '+', 1),
    }))
    .where('organizationId', '=', call.organizationId)
    .where('id', '=', call.callId)
    .where('endedAt', 'is', null)
    .where('holder', '=', call.holder)
    .where('lastSignAt', '<', ago(DEAD_CALL.isNotCounted))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Closes one call whose process counts as dead and that nobody can go on with, as below.
 * @returns false where it gave a sign, ended, or somebody else has it
 */
export async function closeSilentCall(db: Database, call: SilentCall): Promise<boolean> {
  const { numUpdatedRows } = await closeCalls(db)
    .where('organizationId', '=', call.organizationId)
    .where('id', '=', call.callId)
    .where('holder', '=', call.holder)
    .where('lastSignAt', '<', ago(DEAD_CALL.isNotCounted))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Takes the call of a room whose process died. To be asked before anybody joins that room or closes it:
 * another process may have taken the call for dead earlier, and two in one place throw each other out.
 * @param of.from the names under which it may be held by now
 * @param of.holder the UUID under which it is held from now on
 * @returns 'elsewhere' where another process has it, or had it last; 'over' where the one that died had
 *   ended it; 'ours' also where that one had not opened it yet
 */
export async function claimLeftCall(
  db: Database,
  { roomName, from, holder }: { roomName: string; from: readonly string[]; holder: string },
): Promise<'ours' | 'over' | 'elsewhere'> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set({ holder, lastSignAt: NOW })
    .where('roomName', '=', roomName)
    .where('endedAt', 'is', null)
    .where('holder', 'in', [...from, holder])
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return 'ours';
  const row = await db
    .selectFrom('calls')
    .select('holder')
    .where('roomName', '=', roomName)
    .orderBy('startedAt', 'desc')
    .executeTakeFirst();
  if (!row) return 'ours';
  return row.holder !== null && from.includes(row.holder) ? 'over' : 'elsewhere';
}

/**
 * Closes a call that was taken and that nobody goes on with, as below; nobody is served in its room
 * again.
 */
export async function closeLeftCall(
  db: Database,
  { roomName, holder }: { roomName: string; holder: string },
): Promise<void> {
  await closeCalls(db).where('roomName', '=', roomName).where('holder', '=', holder).execute();
  await closeRoom(db, roomName);
}

/**
 * Closes calls whose process died, as of their last sign of life, and answers how many: each counts
 * as the ledger has it, which a process that died may not have written on the row; one of which
 * nothing came has failed.
 */
export async function closeDeadCalls(db: Database): Promise<number> {
  const { numUpdatedRows } = await closeCalls(db)
    .where('lastSignAt', '<', ago(DEAD_CALL.isClosed))
    // No process of ours has it: it ends with its platform's word, or without one.
    .where(
      sql<boolean>`not exists (
        select from foreign_calls where call_id = calls.id and released_at is null)`,
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

function closeCalls(db: Database) {
  return db
    .updateTable('calls')
    .set((row) => ({
      endedAt: row.ref('lastSignAt'),
      outcome: row.fn.coalesce(outcomeOfIntents(), 'outcome', row.val('failed' as const)),
      endReason: 'The process of the call died.',
      endedBy: 'fault',
      visitor: null,
    }))
    .where('endedAt', 'is', null);
}
