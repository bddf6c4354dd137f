import { DateTime } from 'luxon';
import { isWithin, readWeeklyHours } from '../../calls/weekly-hours.ts';
import type { Assistant } from '../../db/assistants/assistants.ts';
import { findAgentById } from '../../db/agents.ts';
import type { Agent } from '../../db/agents.ts';
import type { FunctionAnswer } from '../../booking/foreign/functions/function.ts';
import type { ForeignCallParts } from '../../booking/foreign/open-foreign-call.ts';
import { findTimeZone } from '../../db/organizations.ts';

const NOT_SERVED = 'I am sorry, this line is not served at the moment. Please call again later.';
const NOBODY = 'Nobody can be reached now. Say so, and offer to take a message.';

/** Which assistant takes a call that has none yet; an error is spoken to the caller. */
export function chooseAssistant(
  admitted: { agent: Agent } | { refusal: FunctionAnswer } | null,
  { assistantId, now }: { assistantId: string | null; now: Date },
): { assistantId: string; variables: Record<string, string> } | { error: string } {
  if (!admitted || 'refusal' in admitted || assistantId === null) return { error: NOT_SERVED };
  const { agent } = admitted;
  const zone = agent.calendar?.timeZone ?? 'UTC';
  const today = DateTime.fromJSDate(now, { zone }).setLocale('en-US');
  return {
    assistantId,
    variables: {
      agent: agent.slug,
      business: agent.businessName,
      date: today.toFormat('cccc, LLLL d, yyyy'),
    },
  };
}

/** To whom a caller is put through: where the agent names somebody, in the hours in which they are there. */
export async function chooseTransfer(
  { db, now }: Pick<ForeignCallParts, 'db' | 'now'>,
  { agentId }: Pick<Assistant, 'agentId'>,
): Promise<{ address: string } | { error: string }> {
  const agent = await findAgentById(db, agentId);
  if (!agent?.enabled || agent.transferTo === null) return { error: NOBODY };
  const { transferHours, transferTo: address, organizationId } = agent;
  if (transferHours === null) return { address };
  const timeZone = await findTimeZone(db, organizationId);
  const isThere = isWithin(readWeeklyHours(transferHours) ?? [], { at: now(), timeZone });
  return isThere ? { address } : { error: NOBODY };
}
