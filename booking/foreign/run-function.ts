import { findOpenChange } from '../../db/intents/open-change.ts';
import { forgetRequest, keepAnswer } from '../../db/assistants/function-requests.ts';
import type { FunctionRequest } from '../../db/assistants/function-requests.ts';
import type { Agent } from '../../db/agents.ts';
import { within, TimeoutError } from '../../runtime/within.ts';
import { BookingError } from '../booking-error.ts';
import { SpokenLanguage } from '../languages/spoken-language.ts';
import { tellAfterHangUp } from '../ledger/tell-after-hang-up.ts';
import { ToolRefusedError } from '../tools/tool-desk.ts';
import { FAILED, notConfirmedYet, refusedFor } from './answers.ts';
import type { AssistantFunction, FunctionAnswer, Given } from './functions/function.ts';
import { openForeignCall } from './open-foreign-call.ts';
import type { ForeignCallParts, OpenForeignCall } from './open-foreign-call.ts';
import type { Turn } from './turn.ts';

/** A function whose turn it is. */
export interface FunctionRun {
  made: AssistantFunction;
  given: Given<string>;
  agent: Agent;
  callerNumber: string | null;
  request: FunctionRequest;
  turn: Turn;
  /** Of `performance.now()`. */
  until: number;
}

/**
 * Runs a function and keeps its answer with what the desk knows by then. When the platform waits no
 * longer, it is told so, and the work goes on: what came of it is kept for whoever asks again.
 */
export async function runFunction(
  parts: ForeignCallParts,
  run: FunctionRun,
): Promise<FunctionAnswer> {
  const { agent, made, request, until } = run;
  const { db, logger } = parts;
  const key = { organizationId: agent.organizationId, callId: request.callId };
  const work = carryOut(parts, run);
  try {
    return await within(Math.max(0, until - performance.now()), work);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
  }
  const toldAt = performance.now();
  // The work goes on, whatever can be read of it.
  const open = await findOpenChange(db, key).catch(() => undefined);
  if (made.changes !== null) {
    void work
      // What came to nothing after that is written to whoever was told to wait for word.
      .then(() => tellAfterHangUp(db, { ...key, leftAgo: performance.now() - toldAt }))
      .catch((error: unknown) => {
        logger.error({ err: error, callId: key.callId }, 'could not write to a caller who waits');
      });
  }
  const language = new SpokenLanguage({ language: agent.language });
  return notConfirmedYet(made, language, open?.isWrittenTo ?? false);
}

/** Never throws. */
async function carryOut(parts: ForeignCallParts, run: FunctionRun): Promise<FunctionAnswer> {
  const { db, logger } = parts;
  const { agent, callerNumber, given, made, request, turn } = run;
  const { callId } = request;
  let call: OpenForeignCall | undefined;
  let answer: FunctionAnswer | undefined;
  try {
    call = await openForeignCall(parts, { callId, agent, callerNumber, worked: turn.worked });
    answer = await made.run(given, call);
  } catch (error) {
    if (error instanceof ToolRefusedError || error instanceof BookingError) {
      answer = refusedFor(error.message);
    } else logger.error({ err: error, callId, function: made.name }, 'a function failed');
  }
  await call?.record.written();
  const told = answer ?? FAILED;
  try {
    await turn.end({ desk: call?.state, logger }, (transaction) =>
      // What failed, or is not known yet, is asked for anew when it comes again.
      answer && answer.isOpen !== true
        ? keepAnswer(transaction, request, answer)
        : forgetRequest(transaction, request),
    );
  } catch (error) {
    logger.error({ err: error, callId }, 'could not keep what a function was answered');
    await forgetRequest(db, request).catch(() => undefined);
  }
  return told;
}
