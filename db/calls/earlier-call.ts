import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { CallOutcome, TurnRole } from '../values.ts';

/** As much as a model can take in and a caller remembers. */
const MOST_TURNS = 60;

/** What is on record of a call whose process died. */
export interface EarlierCall {
  id: string;
  /** Milliseconds since it began. */
  age: number;
  /** ISO 639-1: what was spoken last; null: the agent's. */
  language: string | null;
  /** What came of it so far. */
  outcome: CallOutcome | null;
  /** In the order in which they were said. */
  turns: { role: TurnRole; text: string }[];
  /** What tools answered, in their order; null of one that was under way. */
  tools: { name: string; result: unknown }[];
}

/**
 * Finds the call of a room that has not ended, and notes a sign of life, so that nobody closes it
 * meanwhile.
 * @returns 'over' where it has ended; undefined where the process died before it opened one
 */
export async function takeOverCall(
  db: Database,
  of: { organizationId: string; roomName: string },
): Promise<EarlierCall | 'over' | undefined> {
  const call = await db
    .updateTable('calls')
    .set({ lastSignAt: NOW })
    .where('organizationId', '=', of.organizationId)
    .where('roomName', '=', of.roomName)
    .where('endedAt', 'is', null)
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
    const over = await db
      .selectFrom('calls')
      .select('id')
      .where('organizationId', '=', of.organizationId)
      .where('roomName', '=', of.roomName)
      .executeTakeFirst();
    return over && 'over';
  }
  const [turns, tools] = await Promise.all([
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
      .select(['name', 'result'])
      .where('organizationId', '=', of.organizationId)
      .where('callId', '=', call.id)
      .where('error', 'is', null)
      .orderBy('startedAt')
      .execute(),
  ]);
  return { ...call, turns: turns.toReversed(), tools };
}
