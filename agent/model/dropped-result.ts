import type { voice } from '@livekit/agents';

/** A model that takes the result of a tool at any time. */
export interface TakesResults {
  /** Does nothing where it has the result already. */
  giveResult: (callId: string, output: string) => void;
}

/**
 * Gives the model a result that the framework drops, as it does with every tool in whose turn the caller
 * breaks in (agents-js#2249): the model would call the tool again, or speak as if it had not.
 */
export function giveIfDropped(context: voice.RunContext, callId: string, result: unknown): void {
  const { session, speechHandle } = context;
  const { llm } = session;
  if (result === undefined || !takesResults(llm)) return;
  const { promise: never } = Promise.withResolvers<void>();
  // Resolves when the turn is interrupted, whether that was before or comes while its words are played.
  void speechHandle.waitIfNotInterrupted([never]).then(
    () => llm.giveResult(callId, JSON.stringify(result)),
    () => {},
  );
}

function takesResults(model: object | undefined): model is TakesResults {
  return model !== undefined && 'giveResult' in model;
}
