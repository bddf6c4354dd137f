import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type {
  AppointmentDetails,
  CallLine,
  CallOutcome,
  EndedBy,
  RehearsalWish,
} from '../values.ts';
import { outcomeOfIntents } from './intent-outcome.ts';
import { isElsewhere, isHeldBy } from './call-lease.ts';
import type { HeldCall } from './call-lease.ts';

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
  /** A UUID: the process that has the call, by which alone it is ended. */
  holder?: string;
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
 * Closes the row of a call; closing it again changes nothing.
 * @returns false where another process has taken the call over: then it goes on there
 */
export async function finishCall(
  db: Database,
  key: HeldCall,
  end: { outcome: CallOutcome; reason: string; by: EndedBy },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set((row) => ({
      // What nobody knew when it was done may be settled by now.
      outcome:
        end.outcome === 'unknown'
          ? row.fn.coalesce(outcomeOfIntents(), row.val(end.outcome))
          : end.outcome,
      endReason: end.reason,
      endedBy: end.by,
      endedAt: NOW,
      // It has done its work.
      visitor: null,
    }))
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.callId)
    .where('endedAt', 'is', null)
    .where(isHeldBy(key.holder))
    .executeTakeFirst();
  return numUpdatedRows > 0n || !(await isElsewhere(db, key));
}
