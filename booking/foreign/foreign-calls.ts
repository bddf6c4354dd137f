import { createHash } from 'node:crypto';
import type { Assistant } from '../../db/assistants/assistants.ts';
import { noteWord, openForeignCall } from '../../db/assistants/foreign-calls.ts';
import type { ForeignCall } from '../../db/assistants/foreign-calls.ts';
import {
  countRequests,
  findFunctionRequest,
  forgetAnswered,
  insertFunctionRequest,
  isRunning,
} from '../../db/assistants/function-requests.ts';
import type { FunctionRequest } from '../../db/assistants/function-requests.ts';
import { findAgentById } from '../../db/agents.ts';
import type { Database } from '../../db/database.ts';
import type { Agent } from '../../db/agents.ts';
import { isBlocked } from '../../db/phone/blocked-callers.ts';
import { findOpenChange } from '../../db/intents/open-change.ts';
import { SpokenLanguage } from '../languages/spoken-language.ts';
import {
  BLOCKED,
  NO_SUCH_FUNCTION,
  NOT_BEGUN,
  notConfirmedYet,
  OVER,
  SWITCHED_OFF,
  TOO_MANY,
  UNREADABLE,
  USED_ID,
} from './answers.ts';
import { readGiven } from './functions/function.ts';
import type { AssistantFunction, FunctionAnswer, Given } from './functions/function.ts';
import { FUNCTIONS } from './functions/functions.ts';
import type { ForeignCallParts } from './open-foreign-call.ts';
import { runFunction } from './run-function.ts';
import { Turn } from './turn.ts';

/** A conversation needs a handful a minute; a model in a loop makes hundreds. */
const REQUESTS = { aMinute: 20, aCall: 200 };
const MINUTE = 60_000;
/** Milliseconds for which a request without an id of its own is taken for the same one again. */
const SAME_WITHIN = { done: 10_000, other: 2_000 };

/** What a platform says of a call. */
export interface CallFacts {
  /** The platform's id of it. */
  id: string;
  /** E.164, from signalling and never from the model; null where there is none. */
  callerNumber: string | null;
  /** By the platform's clock; null where it does not say. */
  startedAt: Date | null;
}

/** A function that the assistant's model calls. */
export interface WantedFunction {
  /** The platform's id of the request; null where it gives none. */
  id: string | null;
  name: string;
  /** As they came; null where they could not be read. */
  args: Readonly<Record<string, unknown>> | null;
}

/**
 * Carries out one function for a call of another platform: once for each id, however often it comes and
 * wherever, and one after the other.
 *
 * @param until of `performance.now()`: what is not done by then is answered as not confirmed yet, and
 *   goes on
 */
export async function answerFunction(
  parts: ForeignCallParts,
  assistant: Assistant,
  facts: CallFacts,
  { wanted, until }: { wanted: WantedFunction; until: number },
): Promise<FunctionAnswer> {
  const { db } = parts;
  const made = FUNCTIONS.find(({ name }) => name === wanted.name);
  if (!made) return NO_SUCH_FUNCTION;
  if (wanted.args === null) return UNREADABLE;
  const given = readGiven(made, wanted.args);
  const admitted = await admit(parts, assistant, facts);
  if ('refusal' in admitted) return admitted.refusal;
  const { agent, call } = admitted;
  const { callId } = call;
  const digest = digestOf(made, given);
  const request = { callId, name: wanted.id ?? `same ${digest}`, digest };
  if (wanted.id === null) await forgetAnswered(db, request, SAME_WITHIN);
  const turn = await Turn.take(db, callId, until);
  if (!turn) return whileBusy(parts, { made, agent, request });
  const known = await turn.guard(() => answerWithoutRun(db, request, turn), parts);
  if (known) {
    await turn.end(parts);
    return known;
  }
  const { callerNumber } = facts;
  return runFunction(parts, { made, given, agent, callerNumber, request, turn, until });
}

/** What is answered without running anything; null where the request is new and is written down. */
async function answerWithoutRun(
  db: Database,
  request: FunctionRequest,
  { worked: { isReleased } }: Turn,
): Promise<FunctionAnswer | null> {
  if (isReleased) return OVER;
  const stored = await findFunctionRequest(db, request);
  // One without an answer was cut off: the ledger knows what came of it.
  if (stored) return stored.digest === request.digest ? stored.answer : USED_ID;
  const { all, lately } = await countRequests(db, request.callId, MINUTE);
  if (all >= REQUESTS.aCall || lately >= REQUESTS.aMinute) return TOO_MANY;
  await insertFunctionRequest(db, request);
  return null;
}

/** Lets a call in, and opens its row where it has none. */
export async function admit(
  { db }: Pick<ForeignCallParts, 'db'>,
  assistant: Assistant,
  facts: CallFacts,
): Promise<{ agent: Agent; call: ForeignCall } | { refusal: FunctionAnswer }> {
  const agent = await findAgentById(db, assistant.agentId);
  if (!agent?.enabled) return { refusal: SWITCHED_OFF };
  const { organizationId } = agent;
  const { callerNumber, startedAt } = facts;
  if (callerNumber !== null && (await isBlocked(db, organizationId, callerNumber))) {
    return { refusal: BLOCKED };
  }
  const call = await openForeignCall(
    db,
    { assistantId: assistant.id, name: facts.id },
    {
      organizationId,
      agentId: agent.id,
      roomName: assistant.platform,
      line: 'assistant',
      callerNumber,
      ...(startedAt === null ? {} : { startedAt }),
    },
  );
  if (call.isOver) return { refusal: OVER };
  await noteWord(db, call.callId);
  return { agent, call };
}

/** What is true while another request of the call is worked on: perhaps this very one. */
async function whileBusy(
  { db }: ForeignCallParts,
  { made, agent, request }: { made: AssistantFunction; agent: Agent; request: FunctionRequest },
): Promise<FunctionAnswer> {
  if (!(await isRunning(db, request))) return NOT_BEGUN;
  const language = new SpokenLanguage({ language: agent.language });
  const key = { organizationId: agent.organizationId, callId: request.callId };
  const open = await findOpenChange(db, key).catch(() => undefined);
  return notConfirmedYet(made, language, open?.isWrittenTo ?? false);
}

function digestOf({ name }: AssistantFunction, given: Given<string>): string {
  return createHash('sha256')
    .update(JSON.stringify([name, ...Object.entries(given)]))
    .digest('hex');
}
