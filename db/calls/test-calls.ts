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

/** An appointment that was booked in a test call, and stands. */
export interface TestAppointment {
  id: string;
  startAt: Date;
  attendeeName: string;
}

/** Undefined where there was no such test call of the agent. */
export async function listTestAppointments(
  db: Database,
  { organizationId, agentId, roomName }: Pick<TestCall, 'organizationId' | 'agentId' | 'roomName'>,
): Promise<TestAppointment[] | undefined> {
  const test = await db
    .selectFrom('testCalls')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('agentId', '=', agentId)
    .where('roomName', '=', roomName)
    .executeTakeFirst();
  if (!test) return undefined;
  // What was moved or cancelled in it was there before.
  return db
    .selectFrom('appointments')
    .innerJoin('bookingIntents as intent', 'intent.id', 'appointments.intentId')
    .innerJoin('calls', 'calls.id', 'intent.callId')
    .select(['appointments.id', 'appointments.startAt', 'appointments.attendeeName'])
    .where('appointments.organizationId', '=', organizationId)
    .where('appointments.status', 'in', ['confirmed', 'pending'])
    .where('intent.kind', '=', 'book')
    .where('calls.organizationId', '=', organizationId)
    .where('calls.roomName', '=', roomName)
    .orderBy('appointments.startAt')
    .execute();
}

/** Forgets those of a day ago, which are long over; so many at most. */
export function purgeTestCalls(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'testCalls', sql`created_at < slotline_now() - interval '1 day'`, limit);
}
