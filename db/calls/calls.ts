import { NOW, ago } from '../clock.ts';
import type { Database } from '../database.ts';
import type {
  AppointmentDetails,
  CallLine,
  CallOutcome,
  EndedBy,
  RehearsalWish,
} from '../values.ts';
import { outcomeOfIntents } from './intent-outcome.ts';

/** Milliseconds between two signs of life of the process that has a call. */
export const SIGN_OF_LIFE_EVERY = 10_000;

/**
 * Milliseconds without a sign of life from which on a call counts as dead. The more is lost if its
 * process lives after all, the longer it is waited for.
 */
export const DEAD_CALL = {
  /** It holds no line any more. */
  isNotCounted: 3 * SIGN_OF_LIFE_EVERY,
  /** Its row is closed. */
  isClosed: 5 * 60_000,
  /** What was said in it may be deleted. */
  isForgotten: 3_600_000,
};

export interface CallKey {
  organizationId: string;
  callId: string;
}

export interface NewCall {
  organizationId: string;
  agentId: string;
  roomName: string;
  line: CallLine;
  /** The present instant unless given. */
  startedAt?: Date;
  /** The number that was dialled. */
  phoneNumberId?: string;
  /** E.164; null where it is withheld. */
  callerNumber?: string | null;
  sipCallId?: string | null;
  /** A digest of the visitor's address; null where it is not known. */
  visitor?: string | null;
  /** IANA: the caller's, where they or their page said it. */
  timeZone?: string | null;
  /** What a rehearsal asks for; null of a real call. */
  rehearsal?: RehearsalWish | null;
}

/** Opens the row of a call and answers the call's id. */
export async function insertCall(
  db: Database,
  { rehearsal = null, ...call }: NewCall,
): Promise<string> {
  const row = await db
    .insertInto('calls')
    .values({ ...call, rehearsal: rehearsal && JSON.stringify(rehearsal) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Notes that the process which has the call is alive. */
export async function noteSignOfLife(db: Database, key: CallKey): Promise<void> {
  await db
    .updateTable('calls')
    .set({ lastSignAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .where('endedAt', 'is', null)
    .execute();
}

/** How a call counts while it goes on. */
export interface CallProgress {
  outcome: CallOutcome;
  /** What was booked, moved or cancelled last; what the row has stays where it is not given. */
  appointment?: AppointmentDetails;
}

/** Notes on the call's row what came of it so far, at once: a killed process must not lose it. */
export async function recordCallProgress(
  db: Database,
  key: CallKey,
  { outcome, appointment }: CallProgress,
): Promise<void> {
  await db
    .updateTable('calls')
    .set({
      outcome,
      ...(appointment ? { appointmentDetails: JSON.stringify(appointment) } : {}),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .execute();
}

/** Notes what is spoken in a call from now on: who writes to the caller writes in it. */
export async function recordCallLanguage(
  db: Database,
  key: CallKey,
  language: string,
): Promise<void> {
  await db
    .updateTable('calls')
    .set({ language })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .execute();
}

/** Notes that a call was a rehearsal's, where its dispatch could not say so. */
export async function markRehearsal(db: Database, roomName: string): Promise<void> {
  await db
    .updateTable('calls')
    .set({ rehearsal: JSON.stringify({}) })
    .where('roomName', '=', roomName)
    .where('rehearsal', 'is', null)
    .execute();
}

/**
 * Closes calls whose process died, as of their last sign of life, and answers how many: each counts
 * as the ledger has it, which a process that died may not have written on the row; one of which
 * nothing came has failed.
 */
export async function closeDeadCalls(db: Database): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set((row) => ({
      endedAt: row.ref('lastSignAt'),
      outcome: row.fn.coalesce(outcomeOfIntents(), 'outcome', row.val('failed' as const)),
      endReason: 'The process of the call died.',
      endedBy: 'fault',
    }))
    .where('endedAt', 'is', null)
    .where('lastSignAt', '<', ago(DEAD_CALL.isClosed))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Closes the row of a call; closing it again changes nothing. */
export async function finishCall(
  db: Database,
  key: CallKey,
  end: { outcome: CallOutcome; reason: string; by: EndedBy },
): Promise<void> {
  await db
    .updateTable('calls')
    .set({
      outcome: end.outcome,
      endReason: end.reason,
      endedBy: end.by,
      endedAt: NOW,
      // It has done its work.
      visitor: null,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .where('endedAt', 'is', null)
    .execute();
}
