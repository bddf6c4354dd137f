import { findVersionAt } from '../../db/agent-versions.ts';
import { findAgentById } from '../../db/agents.ts';
import { hostedEvents } from '../../booking/hosted-events.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import { listAppointmentsOfCall, listHoldsOfCall } from '../../db/calls/call-appointments.ts';
import type { CallAppointmentRow } from '../../db/calls/call-appointments.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { Database } from '../../db/database.ts';
import { isBlocked } from '../../db/phone/blocked-callers.ts';
import { judgeCall } from './evidence/judge-call.ts';
import type { JudgedCall } from './evidence/judge-call.ts';
import { maskSecrets, maskText } from './mask-secrets.ts';
import { findManagedCall } from './show-call.ts';

/** A call with what is known of it beside what was written down while it went on. */
export interface ExaminedCall extends WholeCall, JudgedCall {
  agentName: string;
  /** IANA: the caller's, or the calendar's where the caller's is not known. */
  spokenIn: string;
  appointments: CallAppointmentRow[];
  isCallerBlocked: boolean;
}

/** Of an agent that books nothing, for a caller whose zone nobody said. */
const NO_ZONE = 'UTC';

/**
 * Everything on record of a call of the organization, and how what its agent said stands to that. What
 * callers say as a secret is masked.
 * @throws {ManageError} there is no such call
 */
export async function examineCall(
  db: Database,
  organizationId: string,
  input: { id?: unknown },
): Promise<ExaminedCall> {
  const call = withoutSecrets(
    await findManagedCall(db, organizationId, input, { rehearsals: false }),
  );
  const key = { organizationId, callId: call.id };
  const agent = await findAgentById(db, call.agentId);
  // What was published when it began: an edit since makes nothing true or false.
  const of = { organizationId, agentId: call.agentId };
  const published = await findVersionAt(db, of, call.startedAt);
  const events = (await listAgentEvents(db, call)).flatMap(hostedEvents);
  const appointments = await listAppointmentsOfCall(db, key);
  const spokenIn = call.timeZone ?? events[0]?.timeZone ?? NO_ZONE;
  const judged = judgeCall(call, {
    agent: agent && { ...agent, ...published?.content },
    timeZone: spokenIn,
    calendarTimeZones: [...new Set(events.map(({ timeZone }) => timeZone))],
    hosts: [...new Set(events.flatMap(({ host }) => host ?? []))],
    appointments,
    holds: call.endedAt === null ? await listHoldsOfCall(db, key) : [],
  });
  const { callerNumber } = call;
  return {
    ...call,
    ...judged,
    agentName: agent?.name ?? call.agentSlug,
    spokenIn,
    appointments,
    isCallerBlocked: callerNumber !== null && (await isBlocked(db, organizationId, callerNumber)),
  };
}

function withoutSecrets(call: WholeCall): WholeCall {
  return {
    ...call,
    turns: call.turns.map((turn) => ({ ...turn, text: maskText(turn.text) })),
    tools: call.tools.map((tool) => ({
      ...tool,
      arguments: maskSecrets(tool.arguments),
      result: maskSecrets(tool.result),
      error: tool.error === null ? null : maskText(tool.error),
    })),
    marks: call.marks.map((mark) => ({
      ...mark,
      words: mark.words === null ? null : maskText(mark.words),
    })),
    messages: call.messages.map((message) => ({ ...message, text: maskText(message.text) })),
  };
}
