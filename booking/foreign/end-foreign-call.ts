import type { Assistant } from '../../db/assistants/assistants.ts';
import {
  findForeignCall,
  findUnreleased,
  listOverCalls,
  noteOver,
  noteReport,
  releaseForeignCall,
} from '../../db/assistants/foreign-calls.ts';
import type { OverCall } from '../../db/assistants/foreign-calls.ts';
import { findAgentOfCall } from '../../db/agents.ts';
import { insertCallTurn } from '../../db/calls/call-log.ts';
import { CallRecord } from '../../calls/call-record.ts';
import { withoutControls } from '../../calls/control-characters.ts';
import type { EndedBy, TurnRole } from '../../db/values.ts';
import { tellAfterHangUp } from '../ledger/tell-after-hang-up.ts';
import { admit } from './foreign-calls.ts';
import type { CallFacts } from './foreign-calls.ts';
import { openForeignCall } from './open-foreign-call.ts';
import type { ForeignCallParts, OpenForeignCall } from './open-foreign-call.ts';
import { Turn } from './turn.ts';

const MOST_TURNS = 500;
const LONGEST_TURN = 4_000;
/** Milliseconds for which an end waits for a request that is still worked on; then a job ends the call. */
const PATIENCE = 5_000;

export interface CallEnd {
  /** For the operator. */
  reason: string;
  by: EndedBy;
}

/** What was said in a call. */
export interface ReportedTurn {
  role: TurnRole;
  text: string;
  saidAt: Date;
}

/** The platform says that a call is over; one that asked for nothing is none of ours. */
export async function endCallOf(
  parts: ForeignCallParts,
  assistant: Assistant,
  facts: CallFacts,
  end: CallEnd,
): Promise<void> {
  const { db } = parts;
  const call = await findForeignCall(db, { assistantId: assistant.id, name: facts.id });
  if (!call) return;
  await noteOver(db, call.callId, end);
  const over = await findUnreleased(db, call.callId);
  if (over) await release(parts, over, PATIENCE);
}

/**
 * The platform's report of a call: it is in the log with what was said, also where no function was
 * called. A report that comes again changes nothing.
 */
export async function reportCall(
  parts: ForeignCallParts,
  assistant: Assistant,
  facts: CallFacts,
  report: { end: CallEnd; turns: readonly ReportedTurn[] },
): Promise<void> {
  const { db } = parts;
  // Whether or not it is over already, and whoever it is of: the report is of a call that was.
  await admit(parts, assistant, facts);
  const call = await findForeignCall(db, { assistantId: assistant.id, name: facts.id });
  if (!call) return;
  const key = { organizationId: call.organizationId, callId: call.callId };
  await db.transaction().execute(async (transaction) => {
    if (!(await noteReport(transaction, call.callId))) return;
    for (const { role, text, saidAt } of report.turns.slice(0, MOST_TURNS)) {
      await insertCallTurn(transaction, key, {
        role,
        text: withoutControls(text).toWellFormed().slice(0, LONGEST_TURN).toWellFormed(),
        interrupted: false,
        medium: 'speech',
        latency: null,
        saidAt,
      });
    }
  });
  await endCallOf(parts, assistant, facts, report.end);
}

/**
 * Ends the calls that are over and that nobody has ended yet, and those of which no platform said a
 * word for so long.
 * @returns how many
 */
export async function releaseOverCalls(
  parts: ForeignCallParts,
  { silentFor, limit }: { silentFor: number; limit: number },
): Promise<number> {
  let count = 0;
  for (const over of await listOverCalls(parts.db, silentFor, limit)) {
    if (await release(parts, over, 0)) count += 1;
  }
  return count;
}

/**
 * Gives free what a call holds, writes down how it ended, and forgets what its desk knew.
 * @param patience milliseconds for a request that is still worked on
 * @returns false where one is
 */
async function release(
  parts: ForeignCallParts,
  { callId, organizationId, endReason, endedBy, overFor }: OverCall,
  patience: number,
): Promise<boolean> {
  const { db, logger } = parts;
  const begun = performance.now();
  const turn = await Turn.take(db, callId, begun + patience);
  if (!turn) return false;
  const key = { organizationId, callId };
  await turn.guard(async () => {
    const call = await openToEnd(parts, callId, turn);
    await tellAfterHangUp(db, { ...key, leftAgo: overFor + performance.now() - begun });
    await call?.release();
    const record = call?.record ?? new CallRecord(db, key, logger);
    await record.finish({
      outcome: call?.outcome(endedBy === 'transfer') ?? 'unknown',
      reason: endReason ?? 'The platform said nothing more of the call.',
      by: endedBy ?? 'fault',
    });
  }, parts);
  await turn.end({ logger }, (transaction) => releaseForeignCall(transaction, callId));
  return true;
}

/** Undefined where its calendars cannot be opened: what is held ends by itself. */
async function openToEnd(
  parts: ForeignCallParts,
  callId: string,
  { worked }: Turn,
): Promise<OpenForeignCall | undefined> {
  try {
    const agent = await findAgentOfCall(parts.db, callId);
    return agent && (await openForeignCall(parts, { callId, agent, callerNumber: null, worked }));
  } catch (err) {
    parts.logger.warn({ err, callId }, 'a call ends whose calendars cannot be opened');
    return undefined;
  }
}
