import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { CallOutcome, TurnRole } from '../values.ts';
import { countMessagesOfCall, listDoneInCall } from './done-in-call.ts';
import type { DoneInCall } from './done-in-call.ts';
import { outcomeOfIntents } from './intent-outcome.ts';

/** As much as a model can take in and a caller remembers. */
const MOST_TURNS = 60;

/** What is on record of a call whose process died. */
export interface EarlierCall {
  id: string;
  /** Milliseconds since it began. */
  age: number;
  /** ISO 639-1: what was spoken last; null: the agent's. */
  language: string | null;
  /** What came of it so far, by the ledger: the process may have died before it wrote that down. */
  outcome: CallOutcome | null;
  /** What was made, moved, cancelled or asked for, by the ledger, in order of the last change. */
  done: DoneInCall[];
  /** How many messages were left. */
  messages: number;
  /** In the order in which they were said. */
  turns: { role: TurnRole; text: string }[];
  /** Which tools were called, in their order; those that failed are left out. */
  tools: { name: string; isAnswered: boolean }[];
}

export interface TakeOver {
  organizationId: string;
  roomName: string;
  /** The process that had it, as it named itself. */
  from: string;
  /** The process that has it from now on, or took it before it joined the room. */
  holder: string;
}

/**
 * Finds the call of a room that has not ended, and gives it to another process than the one that had it.
 * @returns 'over' where it has ended, 'elsewhere' where a third process has it by now; undefined where
 *   the process died before it opened one
 */
export async function takeOverCall(
  db: Database,
  of: TakeOver,
): Promise<EarlierCall | 'over' | 'elsewhere' | undefined> {
  const call = await db
    .updateTable('calls')
    .set((row) => ({
      holder: of.holder,
      lastSignAt: NOW,
      outcome: row.fn.coalesce(outcomeOfIntents(), 'outcome'),
    }))
    .where('organizationId', '=', of.organizationId)
    .where('roomName', '=', of.roomName)
    .where('endedAt', 'is', null)
    .where('holder', 'in', [of.from, of.holder])
    .returning([
      'id',
      'language',
      'outcome',
      sql<number>`(extract(epoch from slotline_now() - started_at) * 1000)::double precision`.as(
        'age',
      ),
    ])
    .executeTakeFirst();
  if (!call) {
    const other = await db
      .selectFrom('calls')
      .select('endedAt')
      .where('organizationId', '=', of.organizationId)
      .where('roomName', '=', of.roomName)
      .executeTakeFirst();
    return other && (other.endedAt === null ? 'elsewhere' : 'over');
  }
  const key = { organizationId: of.organizationId, callId: call.id };
  const [done, messages, turns, tools] = await Promise.all([
    listDoneInCall(db, key),
    countMessagesOfCall(db, key),
    db
      .selectFrom('callTurns')
      .select(['role', 'text'])
      .where('organizationId', '=', of.organizationId)
      .where('callId', '=', call.id)
      .orderBy('saidAt', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST_TURNS)
      .execute(),
    db
      .selectFrom('toolCalls')
      .select(['name', sql<boolean>`result is not null`.as('isAnswered')])
      .where('organizationId', '=', of.organizationId)
      .where('callId', '=', call.id)
      .where('error', 'is', null)
      .orderBy('startedAt')
      .execute(),
  ]);
  return { ...call, done, messages, turns: turns.toReversed(), tools };
}
