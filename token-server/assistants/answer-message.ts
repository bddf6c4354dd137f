import type { PlatformMessage, SaidCall } from '../../calls/assistants/platform.ts';
import { AssistantSettingsSchema } from '../../calls/assistants/settings.ts';
import { NOT_DONE, UNKNOWN_CALL } from '../../booking/foreign/answers.ts';
import { endCallOf, reportCall } from '../../booking/foreign/end-foreign-call.ts';
import { admit, answerFunction } from '../../booking/foreign/foreign-calls.ts';
import type { CallFacts } from '../../booking/foreign/foreign-calls.ts';
import type { FunctionAnswer } from '../../booking/foreign/functions/function.ts';
import type { ForeignCallParts } from '../../booking/foreign/open-foreign-call.ts';
import { readCallerNumber } from '../../calls/withheld-number.ts';
import type { Assistant } from '../../db/assistants/assistants.ts';
import { chooseAssistant, chooseTransfer } from './choose-answers.ts';

/**
 * @param arrived of `performance.now()`
 * @returns the body that the platform reads
 */
export type AnswerMessage = (
  assistant: Assistant,
  message: PlatformMessage,
  arrived: number,
) => Promise<unknown>;

/** A call that a platform says is older is dated by when we heard of it. */
const LONGEST_AGO = 24 * 3_600_000;

/** Does what a message of a platform asks for, and puts what came of it into the platform's shape. */
export function messageAnswerer(parts: ForeignCallParts): AnswerMessage {
  return async (assistant, message, arrived) => {
    const { answerWithinSeconds, assistantId } = AssistantSettingsSchema.parse(assistant.settings);
    switch (message.kind) {
      case 'functions': {
        const until = arrived + answerWithinSeconds * 1_000;
        const answers: FunctionAnswer[] = [];
        // One after the other: the second may be about what the first has found.
        for (const wanted of message.called) {
          answers.push(
            message.call
              ? await answerSafely(parts, assistant, toFacts(message.call, parts.now()), {
                  wanted,
                  until,
                })
              : UNKNOWN_CALL,
          );
        }
        return message.answer(answers);
      }
      case 'assistant': {
        const admitted = message.call
          ? await admit(parts, assistant, toFacts(message.call, parts.now()))
          : null;
        return message.answer(chooseAssistant(admitted, { assistantId, now: parts.now() }));
      }
      case 'transfer':
        return message.answer(await chooseTransfer(parts, assistant));
      case 'ended':
        await endCallOf(parts, assistant, toFacts(message.call, parts.now()), message.end);
        return {};
      case 'report':
        await reportCall(parts, assistant, toFacts(message.call, parts.now()), message);
        return {};
      case 'other':
        return {};
    }
  };
}

/** A function that could not be begun is answered all the same: anything but 200 says nothing. */
async function answerSafely(
  parts: ForeignCallParts,
  ...request: [Assistant, CallFacts, Parameters<typeof answerFunction>[3]]
): Promise<FunctionAnswer> {
  try {
    return await answerFunction(parts, ...request);
  } catch (err) {
    parts.logger.error({ err }, 'a function could not be answered');
    return NOT_DONE;
  }
}

function toFacts({ id, number, dialled, startedAt }: SaidCall, now: Date): CallFacts {
  const said = { number: number ?? undefined, privacy: undefined };
  const age = startedAt ? now.getTime() - startedAt.getTime() : -1;
  return {
    id,
    callerNumber: readCallerNumber(said, dialled),
    startedAt: age >= 0 && age < LONGEST_AGO ? startedAt : null,
  };
}
