import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { findAgentById } from '../../db/agents.ts';
import type { Agent } from '../../db/agents.ts';
import type { BusinessFact } from '../../db/business-facts.ts';
import { isWithin, readWeeklyHours } from '../../calls/weekly-hours.ts';
import type { CallLimits } from '../../db/calls/call-limits.ts';
import { findTestedContent } from '../../db/calls/test-calls.ts';
import { findTimeZone } from '../../db/organizations.ts';
import type { OpenCallOptions } from './open-call.ts';

interface CalledAgent {
  agent: Agent;
  /** What it knows in a test call; absent in every other one. */
  drafted?: readonly BusinessFact[];
}

type Called = Pick<OpenCallOptions, 'db' | 'metadata' | 'phone' | 'roomName'> & { now: () => Date };

/**
 * The agent that is called: as it is published, or in a test call as its draft was when it began. Of
 * a person to hand over to it knows while they are there.
 * @throws {CallRefusedError} it is unknown or disabled, or the draft is not one of this room
 */
export async function findCalledAgent(called: Called): Promise<CalledAgent> {
  const { db, metadata, phone, now } = called;
  const found = await findAgentById(db, metadata.agentId);
  if (!found)
    throw new CallRefusedError(
      'The agent of the dispatch does not exist: it was removed since. Those there are: `slotline agents list`.',
    );
  const { testCall } = metadata;
  if (testCall !== undefined) return asDrafted(called, found, testCall);
  if (!found.enabled) {
    throw new CallRefusedError(
      `The agent "${found.slug}" is disabled. Enable it: \`slotline agents enable ${found.slug}\`.`,
    );
  }
  const { transferTo, transferHours, organizationId } = found;
  // Calls on the web are handed over to nobody.
  if (!phone || transferTo === null || transferHours === null) return { agent: found };
  const timeZone = await findTimeZone(db, organizationId);
  const isThere = isWithin(readWeeklyHours(transferHours) ?? [], { at: now(), timeZone });
  return { agent: isThere ? found : { ...found, transferTo: null } };
}

async function asDrafted(
  { db, roomName }: Called,
  agent: Agent,
  testCall: string,
): Promise<CalledAgent> {
  const asked = { id: testCall, agentId: agent.id, roomName };
  const content = await findTestedContent(db, asked);
  if (!content) {
    throw new CallRefusedError(
      'There is no draft for this test call: begin it again on the page of the agent in the office.',
      { language: agent.language },
    );
  }
  const { facts: drafted, ...columns } = content;
  // Also of an agent that takes no calls yet.
  return { agent: { ...agent, ...columns }, drafted };
}

/** Minutes: the agent's own, where the organization allows as many. */
export function longestOf({ longestCallMinutes }: Agent, limits: CallLimits): number {
  return Math.min(longestCallMinutes ?? limits.longestCallMinutes, limits.longestCallMinutes);
}
