import { sql } from 'kysely';
import type { AgentContent } from '../agents.ts';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

/** A call by which somebody of the office tries a draft out. */
export interface TestCall {
  /** A UUID: what the call's metadata names. */
  id: string;
  organizationId: string;
  agentId: string;
  roomName: string;
  /** The draft as it is now: edits that follow are not heard in this call. */
  content: AgentContent;
  startedBy: string;
}

export async function insertTestCall(db: Database, call: TestCall): Promise<void> {
  await db
    .insertInto('testCalls')
    .values({ ...call, content: JSON.stringify(call.content) })
    .execute();
}

/** What is spoken in a test call; undefined in any other room and of any other agent. */
export async function findTestedContent(
  db: Database,
  { id, agentId, roomName }: Pick<TestCall, 'id' | 'agentId' | 'roomName'>,
): Promise<AgentContent | undefined> {
  const row = await db
    .selectFrom('testCalls')
    .select('content')
    .where('id', '=', id)
    .where('agentId', '=', agentId)
    .where('roomName', '=', roomName)
    .executeTakeFirst();
  return row?.content;
}

/** Forgets those of a day ago, which are long over; so many at most. */
export function purgeTestCalls(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'testCalls', sql`created_at < slotline_now() - interval '1 day'`, limit);
}
