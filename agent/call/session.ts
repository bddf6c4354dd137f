import { voice } from '@livekit/agents';
import type { ModelConfig } from '../config.ts';
import { createRealtimeModel } from '../model/realtime-model.ts';
import type { RealtimeModelOptions } from '../model/realtime-model.ts';
import type { OpenCall } from './open-call.ts';

/** Seconds of silence on both sides before the caller counts as away. */
const AWAY_AFTER_SECONDS = 12;

export interface CallSession {
  session: voice.AgentSession;
  /** Tokens so far, by kind. */
  usage: () => Record<string, number>;
}

/** A session in which the model itself hears where a turn ends, and speaks. */
export function openSession(
  config: ModelConfig,
  model: Omit<RealtimeModelOptions, 'apiKey' | 'baseUrl' | 'proxy'>,
  options: Pick<voice.AgentSessionOptions, 'userAwayTimeout'> = {},
): voice.AgentSession {
  return new voice.AgentSession({
    llm: createRealtimeModel({
      apiKey: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      proxy: config.proxy,
      ...model,
    }),
    vad: null,
    turnHandling: { turnDetection: 'realtime_llm' },
    // Otherwise the first three seconds of a caller who interrupts are replaced by silence.
    aecWarmupDuration: null,
    ...options,
  });
}

/**
 * The session of one call with its model: everything that is said is written down.
 * @param onFailure the model cannot be reached or has failed for good
 */
export function createSession(
  { agent, desk, record, logger, isSilent }: OpenCall,
  config: ModelConfig,
  onFailure: (error: Error) => void,
): CallSession {
  const session = openSession(
    config,
    {
      model: agent.realtimeModel ?? config.OPENAI_REALTIME_MODEL,
      transcriptionModel: agent.transcriptionModel ?? config.OPENAI_TRANSCRIPTION_MODEL,
      reasoningEffort: agent.reasoningEffort ?? config.OPENAI_REASONING_EFFORT,
      voice: agent.voice,
      language: agent.language,
      keywords: [agent.businessName, agent.name, ...(desk?.eventNames ?? [])],
      isSilent,
      onUnreachable: onFailure,
    },
    { userAwayTimeout: AWAY_AFTER_SECONDS },
  );
  let usage: Record<string, number> = {};
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return;
    const role = item.role === 'user' ? 'caller' : 'agent';
    record.turn(role, item.textContent ?? '', item.interrupted);
  });
  session.on(voice.AgentSessionEventTypes.SessionUsageUpdated, (event) => {
    usage = sumUsage(event.usage.modelUsage);
  });
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    // The framework wraps what the model's connection threw.
    const cause = error instanceof Error ? error : error.error;
    logger.warn({ err: cause }, 'session error');
  });
  return { session, usage: () => usage };
}

function sumUsage(entries: readonly object[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const entry of entries) {
    for (const [name, value] of Object.entries(entry)) {
      if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value;
    }
  }
  return sums;
}
