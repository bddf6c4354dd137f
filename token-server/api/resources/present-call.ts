import type { z } from 'zod';
import type { ListedCall } from '../../../db/calls/list-calls.ts';
import type { ExaminedCall } from '../../../manage/calls/examine-call.ts';
import type { CallSchema, WholeCallSchema } from './call-schemas.ts';

/** A call of a list. */
export function presentCall(call: ListedCall): z.input<typeof CallSchema> {
  const { truth, agentSlug, startedAt, endedAt } = call;
  return {
    ...call,
    agent: agentSlug,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    truth: { stopped: truth['truth.stopped'] ?? 0, corrected: truth['truth.corrected'] ?? 0 },
  };
}

/** A call with all of it; what the answer's schema does not name stays here. */
export function presentWholeCall(call: ExaminedCall): z.input<typeof WholeCallSchema> {
  return {
    ...presentCall(call),
    agentName: call.agentName,
    timeZone: call.spokenIn,
    language: call.language,
    isCallerBlocked: call.isCallerBlocked,
    recording: call.recording,
    recordings: call.recordings.map(({ startedAt, milliseconds, incomplete, store }, at) => ({
      part: at + 1,
      startedAt: startedAt.toISOString(),
      milliseconds,
      incomplete,
      isStored: store !== null && milliseconds !== null,
    })),
    appointmentDetails: call.appointmentDetails,
    turns: call.turns.map((turn, at) => ({
      ...turn,
      at: turn.at.toISOString(),
      sentences: call.sentences.filter(({ turn: of }) => of === at).map(presentSentence),
    })),
    tools: call.tools.map(({ at, endedAt, ...tool }) => ({
      ...tool,
      at: at.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    corrections: call.corrections.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
    states: call.marks
      .filter(({ kind }) => !/^(?:truth\.|agent$|caller$)/.test(kind))
      .map(({ at, kind, details }) => ({ at: at.toISOString(), kind, details })),
    charges: sumCharges(call.charges),
    intents: call.intents.map(({ at, startAt, endAt, ...intent }) => ({
      ...intent,
      at: at.toISOString(),
      start: startAt.toISOString(),
      end: endAt.toISOString(),
    })),
    appointments: call.appointments.map(({ id, eventName, startAt, endAt, ...rest }) => ({
      ...rest,
      id,
      event: eventName,
      start: startAt.toISOString(),
      end: endAt.toISOString(),
    })),
    messages: call.messages.map(({ at, ...message }) => ({ ...message, at: at.toISOString() })),
  };
}

function presentSentence(
  sentence: ExaminedCall['sentences'][number],
): z.input<typeof WholeCallSchema>['turns'][number]['sentences'][number] {
  return {
    ...sentence,
    evidence: sentence.evidence.map(({ at, start, heldUntil, ...one }) => ({
      ...one,
      at: at?.toISOString() ?? null,
      start: start?.toISOString() ?? null,
      heldUntil: heldUntil?.toISOString() ?? null,
    })),
  };
}

/** What each model took. Of one with an answer that has no known price the price is not known. */
function sumCharges(charges: ExaminedCall['charges']): z.input<typeof WholeCallSchema>['charges'] {
  return [...Map.groupBy(charges, ({ model }) => model)].map(([model, of]) => {
    const amounts: Record<string, number> = {};
    let cost: number | null = 0;
    for (const charge of of) {
      cost = cost === null || charge.cost === null ? null : cost + charge.cost;
      for (const [kind, amount] of Object.entries(charge.amounts)) {
        amounts[kind] = (amounts[kind] ?? 0) + amount;
      }
    }
    return { model, answers: of.length, amounts, cost };
  });
}
