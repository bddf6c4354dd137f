import { randomUUID } from 'node:crypto';
import { serializeCallMetadata } from '../calls/call-metadata.ts';
import type { AgentContent, Agent } from '../db/agents.ts';
import { insertTestCall, listTestAppointments } from '../db/calls/test-calls.ts';
import type { TestAppointment } from '../db/calls/test-calls.ts';
import type { Database } from '../db/database.ts';
import { readDraft } from './agent-drafts.ts';
import { findManagedAgent } from './agents.ts';
import { ManageError } from './manage-error.ts';
import type { DraftWork } from './agent-drafts.ts';

/** The way into a room where an agent speaks as it is drafted. */
export interface PreparedTestCall {
  token: string;
  roomName: string;
  agent: Agent;
  content: AgentContent;
}

/**
 * Prepares a call by which a member tries a draft out, as it is now. The draft itself waits in the
 * database, for this one room: a token is read by whoever has it.
 *
 * @param sign makes a token for a fresh room, where the worker is told the metadata
 * @throws {ManageError} there is no such agent
 */
export async function prepareTestCall(
  transaction: Database,
  work: DraftWork & { timeZone: string | undefined },
  sign: (callMetadata: string) => { token: string; roomName: string },
): Promise<PreparedTestCall> {
  const { agent, content } = await readDraft(transaction, work);
  const { organizationId, id: agentId, calendar } = agent;
  const id = randomUUID();
  const { token, roomName } = sign(
    serializeCallMetadata({
      v: 1,
      agentId,
      calendar,
      caller: { timeZone: work.timeZone },
      testCall: id,
    }),
  );
  const startedBy = work.by;
  await insertTestCall(transaction, { id, organizationId, agentId, roomName, content, startedBy });
  return { token, roomName, agent, content };
}

/**
 * What was booked in a test call and stands: whoever made it cancels it afterwards.
 * @throws {ManageError} there is no such agent, or it had no such test call within a day
 */
export async function readTestAppointments(
  db: Database,
  { organizationId, slug, roomName }: Record<'organizationId' | 'slug' | 'roomName', string>,
): Promise<TestAppointment[]> {
  const { id: agentId } = await findManagedAgent(db, organizationId, slug);
  const booked = await listTestAppointments(db, { organizationId, agentId, roomName });
  if (booked) return booked;
  throw new ManageError('There is no such test call; those of a day ago are forgotten.', {
    field: 'roomName',
    fault: 'missing',
  });
}
